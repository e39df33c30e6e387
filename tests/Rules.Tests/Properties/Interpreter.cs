using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>
/// What a rule means, written for obviousness: it keeps every row it saw and, after each, looks back over the history to
/// find since when each condition has been true.
/// </summary>
internal sealed class Interpreter(RandomRule rule)
{
    private readonly Dictionary<string, double> _latest = [];
    private readonly Dictionary<string, long> _times = [];
    private readonly LevelHistory[] _levels = [.. rule.Levels.Select(level => new LevelHistory(level, rule.Unknown))];
    private readonly List<Step> _steps = [];
    private readonly HashSet<string> _reads = [.. RandomRule.Metrics.Where(metric => rule.Levels.Any(level => Mentions(level, metric)))];
    private long _lastEvaluated = long.MinValue;
    private long? _pendingStart;
    private (long Start, Tier Tier, int Sequence)? _firing;
    private (long Start, long End, int Sequence)? _ended;

    public IReadOnlyList<Step> Steps => _steps;

    public void Apply(int index, RandomRow row)
    {
        foreach (var (metric, value, quality) in row.Values)
        {
            if (row.TimeMs >= _times.GetValueOrDefault(metric, long.MinValue))
            {
                _latest[metric] = quality == Quality.Bad ? double.NaN : value;
                _times[metric] = row.TimeMs;
            }
        }

        if (!row.Values.Any(value => _reads.Contains(value.Metric)))
        {
            return;
        }

        if (row.TimeMs < _lastEvaluated)
        {
            var alone = row.Values.ToDictionary(value => value.Metric, value => value.Quality == Quality.Bad ? double.NaN : value.Value);
            foreach (var level in _levels)
            {
                level.Late(row.TimeMs, alone);
            }

            return;
        }

        _lastEvaluated = row.TimeMs;
        var known = _latest.Where(value => row.TimeMs - _times[value.Key] <= rule.MaxAgeMs).ToDictionary();
        foreach (var level in _levels)
        {
            level.Evaluate(row.TimeMs, known);
        }

        Judge(index, row.TimeMs);
    }

    private void Judge(int index, long time)
    {
        var tier = _levels.Where(level => level.IsInForce).Select(level => level.Level.Tier).DefaultIfEmpty(Tier.None).Max();
        if (tier == Tier.None && _firing is { } over)
        {
            _steps.Add(new Step(index, TransitionKind.Resolved, Tier.None, over.Tier, time, over.Start, over.Sequence + 1));
            (_ended, _firing) = ((over.Start, Math.Max(time, over.Start), over.Sequence + 1), null);
        }

        var since = _levels.Select(level => level.Since).FirstOrDefault(start => start is not null);
        long? start = since is { } known ? Math.Max(known, _ended?.End ?? long.MinValue) : null;
        if (_pendingStart is { } pending && (tier == Tier.None || _firing is null) && pending != start)
        {
            _steps.Add(new Step(index, TransitionKind.Cancelled, Tier.None, Tier.None, time, pending, 0));
            _pendingStart = null;
        }

        if (tier == Tier.None)
        {
            if (start is { } begun && _pendingStart is null)
            {
                _pendingStart = begun;
                _steps.Add(new Step(index, TransitionKind.Pending, Tier.None, Tier.None, time, begun, 0));
            }
        }
        else if (_firing is not { } firing)
        {
            _pendingStart = null;
            var sequence = _ended is { } ended && ended.Start == start && ended.End == start ? ended.Sequence + 1 : 1;
            _firing = (start!.Value, tier, sequence);
            _steps.Add(new Step(index, TransitionKind.Firing, tier, Tier.None, time, start.Value, sequence));
        }
        else if (firing.Tier != tier)
        {
            _firing = (firing.Start, tier, firing.Sequence + 1);
            _steps.Add(new Step(index, TransitionKind.TierChanged, tier, firing.Tier, time, firing.Start, firing.Sequence + 1));
        }
    }

    private static bool Mentions(RandomLevel level, string metric) =>
        Words(level.Condition).Contains(metric) || (level.Clear is { } clear && Words(clear).Contains(metric));

    private static string[] Words(Expr expr) => expr.Text.Split(' ', '(', ')');
}
