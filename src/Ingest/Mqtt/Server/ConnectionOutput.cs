using System.Buffers;
using System.IO.Pipelines;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Sessions;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// What goes out on one connection. Any thread appends under a short lock; one flusher at a time hands what has gathered to the pipe. It writes
/// from its own buffer because a pipe under TLS must not be written while it flushes.
/// </summary>
internal sealed class ConnectionOutput
{
    private const int KeptBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly PipeWriter _pipe;
    private readonly ConnectionCounters _counters;
    private readonly int _maxBytes;
    private readonly Action _onFlushed;
    private readonly PropertyWriter _properties = new();
    private readonly TaskCompletionSource _idleAfterClose = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _filling = [];
    private byte[] _flushingBytes = [];
    private int _count;
    private int _inFlight;
    private bool _flushing;
    private bool _closed;
    private int _dirty;
    private int _flushSequence;
    private ValueTask<FlushResult> _flush;
    private OutgoingAliases? _aliases;
    private TaskCompletionSource? _roomAwaited;

    public ConnectionOutput(PipeWriter pipe, ConnectionCounters counters, int maxBytes)
    {
        _pipe = pipe;
        _counters = counters;
        _maxBytes = maxBytes;
        _onFlushed = OnFlushed;
    }

    public MqttVersion Version { get; private set; }

    /// <summary>The largest packet the client takes, in bytes.</summary>
    public int ClientMaxPacketSizeBytes { get; private set; } = int.MaxValue;

    /// <summary>The session to be pumped when there is room again.</summary>
    public MqttSession? Session { get; set; }

    public bool HasRoom => Volatile.Read(ref _count) + Volatile.Read(ref _inFlight) < _maxBytes;

    /// <summary>Changes with every flush that ends; the write time-out runs while <see cref="IsFlushing"/> and it does not change.</summary>
    public int FlushSequence => Volatile.Read(ref _flushSequence);

    public bool IsFlushing => Volatile.Read(ref _flushing);

    public bool TryMarkDirty() => Interlocked.Exchange(ref _dirty, 1) == 0;

    public void ClearDirty() => Volatile.Write(ref _dirty, 0);

    public void Configure(MqttVersion version, int clientMaxPacketSizeBytes, int maxAliases)
    {
        Version = version;
        ClientMaxPacketSizeBytes = clientMaxPacketSizeBytes;
        _aliases = maxAliases > 0 ? new OutgoingAliases(maxAliases) : null;
    }

    /// <summary>Appends encoded packets.</summary>
    public void Append(ReadOnlySpan<byte> packets, int packetCount)
    {
        lock (_gate)
        {
            if (_closed) return;
            packets.CopyTo(Reserve(packets.Length));
            Commit(packets.Length, packetCount);
        }
    }

    public void AppendAck(PacketType type, ushort packetId, ReasonCode reason)
    {
        lock (_gate)
        {
            if (_closed) return;
            Commit(AckPacket.WriteShort(Reserve(AckPacket.MaxShortLength), Version, type, packetId, reason), 1);
        }
    }

    /// <summary>Encodes a message for this client. False when it would be larger than the client takes (then nothing is sent, 3.1.2.11.4).</summary>
    public bool TryAppend(in OutboundEntry entry, ushort packetId, bool dup, long nowMs)
    {
        lock (_gate)
        {
            if (_closed) return true;
            var message = entry.Message;
            ushort alias = 0;
            var known = Version == MqttVersion.V5 && _aliases is not null && _aliases.TryGet(message.Topic, out alias);
            var packet = new PublishPacket { Topic = known ? default : message.TopicBytes, Payload = message.Payload, PacketId = packetId, Qos = entry.Qos, Dup = dup, Retain = entry.Retain };
            if (Version == MqttVersion.V5)
            {
                var added = known || _aliases is null ? (ushort)0 : _aliases.Next;
                packet.Properties = BuildProperties(entry, known ? alias : added, nowMs);
            }
            var length = packet.GetLength(Version);
            if (length > ClientMaxPacketSizeBytes) return false;
            if (!known && Version == MqttVersion.V5) _aliases?.Add(message.Topic);
            Commit(packet.Write(Reserve(length), Version), 1);
            return true;
        }
    }

    /// <summary>Starts a flush unless one is running or nothing waits. Does not block.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_flushing || _count == 0) return;
            _flushing = true;
            Swap();
        }
        RunFlushes();
    }

    /// <summary>Completes when there is room again, or the output is closed.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (_closed || HasRoom) return Task.CompletedTask;
            _roomAwaited ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _roomAwaited.Task;
        }
    }

    /// <summary>Takes nothing more, sends what is there and completes when that is done or has failed.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            SignalRoom();
            if (!_flushing && _count == 0) _idleAfterClose.TrySetResult();
        }
        Flush();
        return _idleAfterClose.Task;
    }

    private void RunFlushes()
    {
        while (true)
        {
            try
            {
                _pipe.Write(_flushingBytes.AsSpan(0, _inFlight));
#pragma warning disable CA2012
                _flush = _pipe.FlushAsync();
#pragma warning restore CA2012
                if (!_flush.IsCompleted)
                {
                    _flush.GetAwaiter().UnsafeOnCompleted(_onFlushed);
                    return;
                }
            }
            catch (Exception failure) when (failure is IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException)
            {
                Fail();
                return;
            }
            if (!EndFlush()) return;
        }
    }

    private void OnFlushed()
    {
        if (EndFlush()) RunFlushes();
    }

    // True when more has gathered meanwhile.
    private bool EndFlush()
    {
        if (!TryTakeFlushResult())
        {
            Fail();
            return false;
        }
        var more = false;
        lock (_gate)
        {
            Volatile.Write(ref _flushSequence, _flushSequence + 1);
            Volatile.Write(ref _inFlight, 0);
            if (_count > 0)
            {
                Swap();
                more = true;
            }
            else
            {
                _flushing = false;
                Shrink();
                if (_closed) _idleAfterClose.TrySetResult();
            }
            if (HasRoom) SignalRoom();
        }
        if (more) return true;
        Session?.OnOutputDrained();
        return false;
    }

    // Called once for each flush, after it has completed.
#pragma warning disable CA2012 // The task waits in a field between the flush and its completion, and is consumed once.
    private bool TryTakeFlushResult()
    {
        try
        {
            var result = _flush.GetAwaiter().GetResult();
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }
#pragma warning restore CA2012

    private void Fail()
    {
        lock (_gate)
        {
            _closed = true;
            _flushing = false;
            _count = 0;
            _inFlight = 0;
            SignalRoom();
            _idleAfterClose.TrySetResult();
        }
    }

    private ReadOnlySpan<byte> BuildProperties(scoped in OutboundEntry entry, ushort alias, long nowMs)
    {
        var message = entry.Message;
        if (alias == 0 && message.ExpiresAtMs == BrokerMessage.NeverExpires && entry.Identifiers.Length == 0) return message.Properties;
        _properties.Clear().AddEncoded(message.Properties);
        if (message.ExpiresAtMs != BrokerMessage.NeverExpires) _properties.Add(PropertyId.MessageExpiryInterval, (uint)Math.Max(1, (message.ExpiresAtMs - nowMs + 999) / 1000));
        foreach (var identifier in entry.Identifiers) _properties.Add(PropertyId.SubscriptionIdentifier, identifier);
        if (alias != 0) _properties.Add(PropertyId.TopicAlias, alias);
        return _properties.Written;
    }

    private void SignalRoom()
    {
        _roomAwaited?.TrySetResult();
        _roomAwaited = null;
    }

    private void Swap()
    {
        (_filling, _flushingBytes) = (_flushingBytes, _filling);
        _inFlight = _count;
        _count = 0;
    }

    private void Shrink()
    {
        if (_flushingBytes.Length > KeptBytes) _flushingBytes = [];
        if (_filling.Length > KeptBytes) _filling = [];
    }

    private Span<byte> Reserve(int length)
    {
        if (_filling.Length - _count < length) Array.Resize(ref _filling, Math.Max(Math.Max(_filling.Length * 2, 256), _count + length));
        return _filling.AsSpan(_count);
    }

    private void Commit(int length, int packets)
    {
        _count += length;
        _counters.PacketsOut += packets;
        _counters.BytesOut += length;
    }
}
