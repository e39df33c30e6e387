namespace Fengsui.Ingest.Sources;

/// <summary>Doubling delays between two bounds with jitter, so that peers that failed together do not come back together.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private TimeSpan? _bound;

    public void Reset() => _bound = null;

    /// <summary>Waits for between half and all of the present bound, and doubles it.</summary>
    public Task WaitAsync(CancellationToken stopping)
    {
        var bound = _bound ?? first;
        _bound = bound * 2 < longest ? bound * 2 : longest;
        return Task.Delay(bound * (0.5 + (Random.Shared.NextDouble() / 2)), time, stopping);
    }
}
