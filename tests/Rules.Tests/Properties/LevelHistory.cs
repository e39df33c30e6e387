using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>Everything one tier of a rule saw, and what follows from it.</summary>
internal sealed class LevelHistory(RandomLevel level, UnknownPolicy unknown)
{
    /// <summary>Evaluations and, between them, late rows that showed the condition false.</summary>
    private readonly List<(long Time, Truth Truth, bool IsLateFalse)> _history = [];

    private long? _inForceSince;
    private long? _clearedAt;

    public RandomLevel Level => level;

    public bool IsInForce => _inForceSince is not null;

    /// <summary>Since when the condition is known to be true, while pending or in force.</summary>
    public long? Since => _inForceSince ?? PendingSince();

    public void Late(long time, IReadOnlyDictionary<string, double> alone)
    {
        if (level.Condition.Evaluate(alone) == Truth.False)
        {
            _history.Add((time, Truth.False, true));
        }
    }

    public void Evaluate(long time, IReadOnlyDictionary<string, double> values)
    {
        var truth = level.Condition.Evaluate(values);
        if (truth == Truth.Unknown && unknown == UnknownPolicy.Alarm)
        {
            truth = Truth.True;
        }

        _history.Add((time, truth, false));
        if (_inForceSince is null)
        {
            if (truth == Truth.True && PendingSince() is { } since && time - since >= level.ForMs)
            {
                (_inForceSince, _clearedAt) = (since, null);
            }

            return;
        }

        if (truth == Truth.True)
        {
            _clearedAt = null;
            return;
        }

        var isCleared = level.Clear is { } clear ? clear.Evaluate(values) == Truth.True : truth == Truth.False;
        _clearedAt ??= isCleared ? time : null;
        if (_clearedAt is { } cleared && (isCleared || truth == Truth.False) && time - cleared >= level.HoldMs)
        {
            _inForceSince = null;
            _history.Clear();
        }
    }

    private long? PendingSince()
    {
        long? since = null;
        long? lastTrue = null;
        foreach (var (time, truth, isLateFalse) in _history)
        {
            if (isLateFalse)
            {
                since = since <= time ? time + 1 : since;
            }
            else if (truth == Truth.True)
            {
                var isGap = lastTrue is null || time - lastTrue > (level.MaxGapMs ?? level.ForMs);
                since = isGap ? time : since;
                lastTrue = time;
            }
            else if (truth == Truth.False || unknown == UnknownPolicy.Ignore)
            {
                (since, lastTrue) = (null, null);
            }
        }

        return since;
    }
}
