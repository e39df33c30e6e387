using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Properties.Language;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>
/// What a rule means, written for obviousness: functions and tiers keep all that they ever saw and look back over it after each row and tick.
/// </summary>
internal sealed class Interpreter
{
    private readonly RandomRule _rule;
    private readonly Dictionary<string, (double? Value, long Time)> _latest = [];
    private readonly LevelHistory[] _levels;
    private readonly Function[] _functions;
    private readonly HashSet<string> _reads;
    private readonly bool _isTimed;
    private readonly List<Step> _steps = [];
    private long _newestRow = long.MinValue;
    private long _lastEvaluated = long.MinValue;
    private long _ticked = long.MinValue;
    private long? _pendingStart;
    private (long Start, Tier Tier, int Sequence)? _firing;
    private (long Start, long End, int Sequence)? _ended;

    public Interpreter(RandomRule rule)
    {
        _rule = rule;
        _levels = [.. rule.Levels.Select(level => new LevelHistory(level, rule))];
        _functions = [.. rule.Nodes.OfType<Function>()];
        Array.ForEach(_functions, function => function.Forget());
        _reads = [.. rule.Nodes.OfType<Metric>().Select(metric => metric.Text)];

        // A door says when it opens, and only time how long it has been open.
        _isTimed = _functions.Any(function => function.IsTimed)
            || (_reads.Any(Metric.IsStateMetric) && rule.Levels.Any(level => level.ForMs > 0 || level.HoldMs > 0));
    }

    public IReadOnlyList<Step> Steps => _steps;

    public void Apply(RandomEvent next)
    {
        switch (next.Kind)
        {
            case RandomEventKind.Row:
                Row(next);
                break;
            case RandomEventKind.Tick:
                Tick(next);
                break;
            case RandomEventKind.ClockIsSet:
                SetClock(next.OldMs, next.Now.EventMs);
                break;
        }
    }

    private void Row(RandomEvent row)
    {
        var time = row.Now.EventMs;
        _newestRow = Math.Max(_newestRow, time);
        foreach (var (metric, value, quality) in row.Values)
        {
            if (!_latest.TryGetValue(metric, out var latest) || time >= latest.Time)
            {
                _latest[metric] = (Usable(value, quality), time);
            }
        }

        var view = new View(ViewKind.Row, row.Now, _rule.MaxAgeMs, metric => Seen(metric, time));
        var late = new View(ViewKind.LateRow, row.Now, _rule.MaxAgeMs, metric => row.Values.Where(value => value.Metric == metric).Select(value => Usable(value.Value, value.Quality)).FirstOrDefault());
        var hearers = _functions.Where(function => row.Values.Any(value => function.Metrics.Contains(value.Metric))).ToList();
        var tooLate = hearers.Where(function => !function.Hear(view)).ToList();
        if (row.Values.Any(value => _reads.Contains(value.Metric)))
        {
            Run(row.Number, time, view, late);
        }

        tooLate.ForEach(function => function.HearLate(late));
    }

    private void Run(int number, long time, View view, View late)
    {
        if (time < _lastEvaluated)
        {
            Array.ForEach(_levels, level => level.Late(late));
            return;
        }

        _lastEvaluated = time;
        Evaluate(number, Math.Max(time, _ticked), view);
    }

    private void Tick(RandomEvent tick)
    {
        var view = new View(ViewKind.Tick, tick.Now, _rule.MaxAgeMs, metric => Metric.IsStateMetric(metric) ? Seen(metric, 0) : null);
        Array.ForEach(_functions, function => function.Tick(tick.Now));
        foreach (var function in _functions.Where(function => function.HearsTicks))
        {
            function.Hear(view);
        }

        if (_isTimed)
        {
            _ticked = Math.Max(Math.Max(tick.Now.EventMs, _ticked), _lastEvaluated);
            Evaluate(tick.Number, _ticked, view);
        }
    }

    private void SetClock(long oldMs, long nowMs)
    {
        if (_newestRow == long.MinValue)
        {
            return;
        }

        var lastMs = Math.Max(_newestRow, oldMs);

        foreach (var (metric, (value, time)) in _latest.ToList())
        {
            _latest[metric] = (value, nowMs - (lastMs - time));
        }

        Array.ForEach(_functions, function => function.ClockIsSet(lastMs, nowMs));
        Array.ForEach(_levels, level => level.ClockIsSet());
        (_newestRow, _lastEvaluated, _ticked) = (nowMs, long.MinValue, long.MinValue);
    }

    private static double? Usable(double value, Quality quality) => quality == Quality.Bad || !double.IsFinite(value) ? null : value;

    private double? Seen(string metric, long now) =>
        _latest.TryGetValue(metric, out var latest) && (Metric.IsStateMetric(metric) || now - latest.Time <= _rule.MaxAgeMs) ? latest.Value : null;

    private void Evaluate(int number, long time, View view)
    {
        Array.ForEach(_levels, level => level.Evaluate(time, view with { CarriedMs = time }));
        Judge(number, time);
    }

    private void Judge(int number, long time)
    {
        var tier = _levels.Where(level => level.IsInForce).Select(level => level.Level.Tier).DefaultIfEmpty(Tier.None).Max();
        if (_firing is { } before && _levels.LastOrDefault(level => level.Level.Tier < before.Tier && level.Level.Tier > tier && level.Since is not null) is { } waiting && tier < before.Tier)
        {
            waiting.EnterFromAbove();
            tier = waiting.Level.Tier;
        }

        if (tier == Tier.None && _firing is { } over)
        {
            _steps.Add(new Step(number, TransitionKind.Resolved, Tier.None, over.Tier, time, over.Start, over.Sequence + 1));
            (_ended, _firing) = ((over.Start, Math.Max(Math.Max(time, over.Start), _ended?.End ?? long.MinValue), over.Sequence + 1), null);
        }

        var since = _levels.Select(level => level.Since).FirstOrDefault(start => start is not null);
        long? start = since is { } known ? Math.Max(known, _ended?.End ?? long.MinValue) : null;
        if (_pendingStart is { } pending && (tier == Tier.None || _firing is null) && pending != start)
        {
            _steps.Add(new Step(number, TransitionKind.Cancelled, Tier.None, Tier.None, time, pending, 0));
            _pendingStart = null;
        }

        if (tier == Tier.None)
        {
            if (start is { } begun && _pendingStart is null)
            {
                _pendingStart = begun;
                _steps.Add(new Step(number, TransitionKind.Pending, Tier.None, Tier.None, time, begun, 0));
            }
        }
        else if (_firing is not { } firing)
        {
            _pendingStart = null;
            var sequence = _ended is { } ended && ended.Start == start && ended.End == start ? ended.Sequence + 1 : 1;
            _firing = (start!.Value, tier, sequence);
            _steps.Add(new Step(number, TransitionKind.Firing, tier, Tier.None, time, start.Value, sequence));
        }
        else if (firing.Tier != tier)
        {
            _firing = (firing.Start, tier, firing.Sequence + 1);
            _steps.Add(new Step(number, TransitionKind.TierChanged, tier, firing.Tier, time, firing.Start, firing.Sequence + 1));
        }
    }
}
