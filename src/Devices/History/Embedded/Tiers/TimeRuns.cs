namespace Fengsui.Devices.History.Embedded.Tiers;

/// <summary>The buckets that some times fall into, as ranges of adjacent ones.</summary>
internal sealed class TimeRuns(long stepMs)
{
    private readonly List<(long FromMs, long ToMs)> _runs = [];
    private (long FromMs, long ToMs) _present;
    private bool _any;

    public void Clear()
    {
        _runs.Clear();
        _any = false;
    }

    /// <summary>Cheapest when times rise.</summary>
    public void Add(long timeMs)
    {
        if (_any && timeMs >= _present.FromMs && timeMs < _present.ToMs)
            return;
        var start = Queries.StepAggregator.StartOf(timeMs, stepMs);
        if (_any && start == _present.ToMs)
        {
            _present.ToMs += stepMs;
            return;
        }

        if (_any)
            _runs.Add(_present);
        (_any, _present) = (true, (start, start + stepMs));
    }

    /// <summary>All ranges by time, those that touch joined.</summary>
    public List<(long FromMs, long ToMs)> Joined()
    {
        if (_any)
            _runs.Add(_present);
        _any = false;
        _runs.Sort();
        var joined = new List<(long FromMs, long ToMs)>();
        foreach (var run in _runs)
        {
            if (joined.Count > 0 && run.FromMs <= joined[^1].ToMs)
                joined[^1] = (joined[^1].FromMs, Math.Max(joined[^1].ToMs, run.ToMs));
            else
                joined.Add(run);
        }

        return joined;
    }
}
