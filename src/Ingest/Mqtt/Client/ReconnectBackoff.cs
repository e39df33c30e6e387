namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>Doubling delays with jitter: drawn between half and all of the present bound, so that a thousand clients do not return at once.</summary>
internal sealed class ReconnectBackoff(TimeSpan first, TimeSpan longest, Random random)
{
    private TimeSpan? _bound;

    public void Reset() => _bound = null;

    public TimeSpan Next()
    {
        var bound = _bound ?? first;
        _bound = bound * 2 < longest ? bound * 2 : longest;
        return bound * (0.5 + (random.NextDouble() / 2));
    }
}
