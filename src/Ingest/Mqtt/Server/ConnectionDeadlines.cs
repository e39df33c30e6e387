namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// The time limits of one connection, looked at by the sweep only, so that reading costs no clock. A deadline is at most one sweep late and never
/// early. Keep alive counts packets received, whatever we send meanwhile (3.1.2.10).
/// </summary>
internal sealed class ConnectionDeadlines(MqttServerOptions options, long openedMs)
{
    private readonly Lock _gate = new();
    private bool _connected;
    private long _silenceLimitMs;
    private long _lastHeardMs = openedMs;
    private int _flushSequence = -1;
    private long _flushSinceMs;

    /// <summary>The CONNECT was accepted; 0 = no keep alive.</summary>
    public void Connected(int keepAliveSeconds, long nowMs)
    {
        lock (_gate)
        {
            _connected = true;
            _silenceLimitMs = keepAliveSeconds * 1500L;
            _lastHeardMs = nowMs;
        }
    }

    public void Heard(long nowMs)
    {
        lock (_gate) _lastHeardMs = nowMs;
    }

    /// <summary>The limit that has been passed, if any.</summary>
    public DropPolicy? Check(ConnectionOutput output, long nowMs)
    {
        lock (_gate)
        {
            if (IsWriteStuck(output, nowMs)) return DropPolicy.WriteTimeout;
            if (!_connected) return nowMs - _lastHeardMs > options.ConnectTimeout.TotalMilliseconds ? DropPolicy.ConnectTimeout : null;
            return _silenceLimitMs > 0 && nowMs - _lastHeardMs > _silenceLimitMs ? DropPolicy.KeepAliveTimeout : null;
        }
    }

    private bool IsWriteStuck(ConnectionOutput output, long nowMs)
    {
        var sequence = output.FlushSequence;
        if (!output.IsFlushing || sequence != _flushSequence)
        {
            _flushSequence = output.IsFlushing ? sequence : -1;
            _flushSinceMs = nowMs;
            return false;
        }
        return nowMs - _flushSinceMs > options.WriteTimeout.TotalMilliseconds;
    }
}
