using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts;

/// <summary>
/// All alerts that are open, and those closed lately: takes steps, commands and time in the order of the journal, and decides what follows. What it knows is a
/// fold of what it has decided before, so a restart that shows it the alert log again goes on where it was. One thread.
/// </summary>
public sealed class AlertBoard
{
    /// <summary>Alerts that are open at a time, some 500 MB. Beyond it the oldest one whose condition is gone is closed, and the log says so.</summary>
    public const int DefaultMaxOpen = 250_000;

    /// <summary>Closed alerts that can be re-opened, and ids of commands that are recognised.</summary>
    private const int MaxRemembered = 10_000;

    private readonly int _maxOpen;
    private readonly Dictionary<string, AlertStatus> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, bool IsZone, string Subject), string> _open = [];
    private readonly SortedSet<(long Number, string Id)> _quiet = [];
    private readonly Queue<string> _closed = new();
    private readonly AlertTimers _timers = new();
    private readonly List<AlertDecision> _decisions = [];
    private volatile DutyPolicy _policy = DutyPolicy.Default;
    private long _count;

    public AlertBoard(int maxOpen = DefaultMaxOpen) => _maxOpen = maxOpen;

    /// <summary>The duties in force. Any thread.</summary>
    public DutyPolicy Policy => _policy;

    public int OpenCount => _open.Count;

    /// <summary>What the last call led to, in order; valid until the next call.</summary>
    public IReadOnlyList<AlertDecision> Decisions => _decisions;

    public AlertStatus? Find(string alertId) => _known.GetValueOrDefault(alertId);

    /// <summary>Other duties are in force from now on.</summary>
    public void Adopt(DutyPolicy policy)
    {
        _policy = policy;
        _timers.Clear();
        foreach (var status in _open.Values.Select(id => _known[id]))
        {
            _timers.Set(status.Id, DutyClock.NextMs(status, policy), status.Number);
        }
    }

    /// <summary>A step as the log has it.</summary>
    public void Fold(AlertStep step)
    {
        var status = Known(step);
        if (step.Version == 0 && Leave(status, step))
        {
            return;
        }

        if (status is null && !step.IsFiring)
        {
            return;
        }

        Put(AlertFold.After(status, step, status?.Number ?? ++_count));
    }

    /// <summary>A fact as the log has it.</summary>
    public void Fold(string alertId, AlertFact fact)
    {
        if (_known.GetValueOrDefault(alertId) is { } status)
        {
            Put(AlertFold.After(status, fact));
        }
    }

    /// <summary>What a rule did: completed by what the board knows. What follows from it is in <see cref="Decisions"/>.</summary>
    public AlertStep Take(AlertStep step)
    {
        _decisions.Clear();
        var status = Known(step);
        if (status is null && !step.IsFiring)
        {
            // Its beginning is not in the log any more.
            return step with { Version = step.Sequence };
        }

        var complete = Complete(status, step);
        Fold(complete);
        Follow(complete);
        return complete;
    }

    /// <summary>What somebody wants. What follows from it is in <see cref="Decisions"/>, the fact itself first.</summary>
    public CommandAnswer Take(AlertCommand command, string author, IReadOnlyList<string> capacities, long nowMs)
    {
        _decisions.Clear();
        if (_known.GetValueOrDefault(command.AlertId) is not { } status)
        {
            return default;
        }

        if (status.Version != command.ExpectedVersion)
        {
            return new CommandAnswer(status, false, null);
        }

        if (command.Action == AlertAction.Reopen && status.IsClosed && _open.TryGetValue(status.Key, out var other))
        {
            return new CommandAnswer(status, false, $"the alert {other} of the same rule and subject is open: there are never two");
        }

        var verdict = AlertLifecycle.Decide(status, command, author, capacities, _policy, nowMs);
        if (verdict.Fact is not { } fact)
        {
            return new CommandAnswer(status, false, verdict.Refusal);
        }

        Come(status.Id, fact);
        Settle(status.Id, nowMs);
        return new CommandAnswer(status, true, null);
    }

    /// <summary>Journal time has come to <paramref name="nowMs"/>.</summary>
    public void Tick(long nowMs)
    {
        _decisions.Clear();
        while (_timers.TryTake(nowMs, out var id))
        {
            while (DutyClock.Due(_known[id], _policy, nowMs) is { } fact)
            {
                Come(id, fact);
                Settle(id, nowMs);
            }

            Arm(_known[id]);
        }
    }

    /// <summary>In a log of before there were versions nobody had to close an alert: it was over when it resolved.</summary>
    private bool Leave(AlertStatus? status, AlertStep step)
    {
        if (step.IsFiring || status is null)
        {
            return !step.IsFiring;
        }

        _open.Remove(status.Key);
        _known.Remove(status.Id);
        _timers.Set(status.Id, long.MaxValue, status.Number);
        return true;
    }

    private AlertStep Complete(AlertStatus? status, AlertStep step)
    {
        var tier = step.Tier > (status?.DutyTier ?? Tier.None) ? step.Tier : status?.DutyTier ?? step.Tier;
        var duty = _policy.Of(tier);
        return step with
        {
            AlertId = status?.Id ?? step.AlertId,
            Sequence = status is null ? step.Sequence : status.Sequence + 1,
            Version = status is null ? 1 : status.Version + 1,
            Enterprise = _policy.EnterpriseOf(step.Zone),
            Audience = step.IsFiring ? _policy.Of(step.Tier).Audience : duty.Audience,
            DueMs = DueAfter(status, step),
            HeldBy = HoldOf(status, step),
        };
    }

    private long? DueAfter(AlertStatus? status, AlertStep step)
    {
        if (!step.IsFiring)
        {
            return status!.DueMs;
        }

        var due = step.AtMs + _policy.Of(step.Tier).DueMs;
        var isNew = status is null || status.IsClosed || (status.IsDisposed && (step.IsBegin || step.Tier > status.DutyTier));
        return isNew ? due : step.Tier > status!.DutyTier ? Math.Min(due, status.DueMs ?? due) : status.DueMs;
    }

    private static HoldReason HoldOf(AlertStatus? status, AlertStep step) =>
        step.ToldTier == Tier.CrossBorder || step.PreviousTier == Tier.CrossBorder ? HoldReason.None
        : status is { IsShelved: true } ? HoldReason.Shelved
        : HoldReason.None;

    private void Follow(AlertStep step)
    {
        var status = _known[step.AlertId];
        if (status is { IsShelved: true, Tier: Tier.CrossBorder })
        {
            Come(status.Id, new AlertFact { Kind = AlertEventKind.Unshelved, AtMs = step.AtMs, DueMs = status.DueMs, Audience = step.Audience, Note = "it rose to the highest tier" });
        }

        Settle(status.Id, step.AtMs);
        Bound(step.AtMs);
    }

    /// <summary>What follows at once from where the alert stands.</summary>
    private void Settle(string id, long nowMs)
    {
        if (DutyClock.Restriction(_known[id], _policy, nowMs) is { } restriction)
        {
            Come(id, restriction);
        }

        var status = _known[id];
        if (status is { IsFiring: true, IsShelved: false, HeldBy: HoldReason.Shelved })
        {
            Come(id, new AlertFact { Kind = AlertEventKind.Released, AtMs = nowMs, DueMs = status.DueMs, Audience = _policy.Of(status.Tier).Audience, Note = HoldReason.Shelved.Name() });
        }
    }

    private void Bound(long nowMs)
    {
        while (_open.Count > _maxOpen && _quiet.Count > 0)
        {
            var oldest = _quiet.Min.Id;
            Come(oldest, new AlertFact { Kind = AlertEventKind.Closed, AtMs = nowMs, Note = $"more than {_maxOpen} alerts are open: the oldest whose condition is gone was closed" });
            Settle(oldest, nowMs);
        }
    }

    private void Come(string id, AlertFact fact)
    {
        Fold(id, fact);
        _decisions.Add(new AlertDecision(_known[id], fact));
    }

    /// <summary>The alert that a step goes on; null for a new one. A closed one only when the step has its very id.</summary>
    private AlertStatus? Known(AlertStep step) =>
        _open.TryGetValue(AlertStatus.KeyOf(step.Rule, step.Device, step.Zone), out var id) ? _known[id] : _known.GetValueOrDefault(step.AlertId);

    private void Put(AlertStatus status)
    {
        var isNews = _known.GetValueOrDefault(status.Id) is not { } before || before.IsClosed != status.IsClosed;
        _known[status.Id] = status;
        if (isNews && status.IsClosed)
        {
            Forget(status);
        }
        else if (isNews)
        {
            _open[status.Key] = status.Id;
        }

        if (status.IsClosed || status.IsFiring)
        {
            _quiet.Remove((status.Number, status.Id));
        }
        else
        {
            _quiet.Add((status.Number, status.Id));
        }

        Arm(status);
    }

    private void Forget(AlertStatus closed)
    {
        _open.Remove(closed.Key);
        _closed.Enqueue(closed.Id);
        if (_closed.Count > MaxRemembered && _closed.Dequeue() is var old && _known.GetValueOrDefault(old) is { IsClosed: true })
        {
            _known.Remove(old);
        }
    }

    private void Arm(AlertStatus status) => _timers.Set(status.Id, DutyClock.NextMs(status, _policy), status.Number);
}
