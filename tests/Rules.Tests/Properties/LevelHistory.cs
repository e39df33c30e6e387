using Fengsui.Rules.Tests.Properties.Language;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>Everything one tier of a rule saw, and what follows from it.</summary>
internal sealed class LevelHistory(RandomLevel level, RandomRule rule)
{
    /// <summary>Ticks come about once a second: between them a pause up to this is none.</summary>
    private const long TickGapMs = 5_000;

    /// <summary>Evaluations and, between them, late rows that showed the condition false.</summary>
    private readonly List<(long Time, double? Truth, ViewKind Kind)> _history = [];

    private long? _inForceSince;
    private long? _clearedAt;

    public RandomLevel Level => level;

    public bool IsInForce => _inForceSince is not null;

    /// <summary>Since when the condition is known to be true, while pending or in force.</summary>
    public long? Since => _inForceSince ?? PendingSince();

    public void Late(View view)
    {
        if (level.Condition.Value(view) == 0)
        {
            _history.Add((view.Now.EventMs, 0, ViewKind.LateRow));
        }
    }

    /// <summary>The clock is set: what waited begins anew, and a hold at its next clear.</summary>
    public void ClockIsSet()
    {
        _history.Clear();
        _clearedAt = null;
    }

    /// <summary>The alert comes down to this tier, whose condition holds: its time has not to be waited for.</summary>
    public void EnterFromAbove() => (_inForceSince, _clearedAt) = (PendingSince(), null);

    public void Evaluate(long time, View view)
    {
        var truth = level.Condition.Value(view);
        if (truth is null && view.Kind == ViewKind.Row && rule.Unknown == UnknownPolicy.Alarm)
        {
            truth = 1;
        }

        _history.Add((time, truth, view.Kind));
        if (_inForceSince is null)
        {
            if (truth == 1 && PendingSince() is { } since && time - since >= level.ForMs)
            {
                (_inForceSince, _clearedAt) = (since, null);
            }

            return;
        }

        if (truth == 1)
        {
            _clearedAt = null;
        }
        else if (!rule.IsLatched)
        {
            Clear(time, truth, view);
        }
    }

    private void Clear(long time, double? truth, View view)
    {
        var isCleared = level.Clear is { } clear ? clear.Value(view) == 1 : truth == 0;
        _clearedAt ??= isCleared ? time : null;
        if (_clearedAt is { } cleared && (isCleared || truth == 0) && time - cleared >= level.HoldMs)
        {
            _inForceSince = null;
            _history.Clear();
        }
    }

    private long? PendingSince()
    {
        long? since = null;
        long? lastTrue = null;
        foreach (var (time, truth, kind) in _history)
        {
            if (kind == ViewKind.LateRow)
            {
                since = since <= time ? time + 1 : since;
            }
            else if (truth == 1)
            {
                var mayPause = Math.Max(level.MaxGapMs ?? level.ForMs, kind == ViewKind.Tick ? TickGapMs : 0);
                var isGap = lastTrue is null || time - lastTrue > mayPause;
                since = isGap ? time : since;
                lastTrue = time;
            }
            else if (truth == 0 || (kind == ViewKind.Row && rule.Unknown == UnknownPolicy.Ignore))
            {
                (since, lastTrue) = (null, null);
            }
        }

        return since;
    }
}
