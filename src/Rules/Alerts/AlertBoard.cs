using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Alerts.Noise;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts;

/// <summary>
/// Takes steps, commands and time in the order of the journal, and decides what follows for the alerts that are open. What it knows is a fold of what it has
/// decided before, so a restart that shows it the alert log again goes on where it was. One thread.
/// </summary>
public sealed class AlertBoard
{
    /// <summary>Alerts that are open at a time, some 500 MB. Beyond it the oldest one whose condition is gone is closed, and the log says so.</summary>
    public const int DefaultMaxOpen = 250_000;

    private readonly int _maxOpen;
    private readonly AlertRegister _register = new();
    private readonly AlertTimers _timers = new();
    private readonly List<AlertDecision> _decisions = [];
    private volatile DutyPolicy _policy = DutyPolicy.Default;
    private NoisePolicy _noise = NoisePolicy.None;
    private bool _isNoiseNew;

    public AlertBoard(int maxOpen = DefaultMaxOpen) => _maxOpen = maxOpen;

    /// <summary>The duties in force. Any thread.</summary>
    public DutyPolicy Policy => _policy;

    public int OpenCount => _register.OpenCount;

    /// <summary>What the last call led to, in order; valid until the next call.</summary>
    public IReadOnlyList<AlertDecision> Decisions => _decisions;

    public AlertStatus? Find(string alertId) => _register.Find(alertId);

    /// <summary>Other duties and other noise are in force from now on; what that ends, ends with the next tick.</summary>
    public void Adopt(DutyPolicy policy, NoisePolicy noise)
    {
        (_policy, _noise, _isNoiseNew) = (policy, noise, true);
        _timers.Clear();
        foreach (var status in _register.Open)
        {
            Arm(status);
        }
    }

    /// <summary>All that it knows of the log; between two calls.</summary>
    public BoardImage Image() => _register.Image();

    /// <summary>Goes on from what another knew, as if it had been shown the same log; before anything else.</summary>
    public void Restore(BoardImage image)
    {
        _register.Restore(image);
        foreach (var status in _register.Open)
        {
            Arm(status);
        }
    }

    /// <summary>A step as the log has it.</summary>
    public void Fold(AlertStep step)
    {
        if (_register.Fold(step) is { } status)
        {
            Arm(status);
        }
    }

    /// <summary>A fact as the log has it.</summary>
    public void Fold(string alertId, AlertFact fact)
    {
        if (_register.Fold(alertId, fact) is { } status)
        {
            Arm(status);
        }
    }

    /// <summary>What a rule did: completed by what the board knows. What follows from it is in <see cref="Decisions"/>.</summary>
    public AlertStep Take(AlertStep step)
    {
        _decisions.Clear();
        var status = _register.Known(step);
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
        if (Find(command.AlertId) is not { } status)
        {
            return default;
        }

        if (status.Version != command.ExpectedVersion)
        {
            return new CommandAnswer(status, false, null);
        }

        if (command.Action == AlertAction.Reopen && status.IsClosed && _register.OpenLike(status) is { } other)
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
        Release(nowMs);
        return new CommandAnswer(status, true, null);
    }

    /// <summary>Journal time has come to <paramref name="nowMs"/>.</summary>
    public void Tick(long nowMs)
    {
        _decisions.Clear();
        if (_isNoiseNew)
        {
            _isNoiseNew = false;
            _register.Noise.Leave(_noise);
        }

        while (_timers.TryTake(nowMs, out var id))
        {
            Pass(id, nowMs);
        }

        foreach (var id in _register.Noise.OverFloods(_noise.Flood, nowMs))
        {
            // Of a flood whose alerts were all closed and forgotten nobody wants to know.
            if (Find(id) is { } seenWith)
            {
                Come(id, Fact(seenWith, AlertEventKind.FloodEnded, nowMs));
            }
        }

        Release(nowMs);
    }

    /// <summary>What time does to one alert.</summary>
    private void Pass(string id, long nowMs)
    {
        if (Find(id) is not { } status)
        {
            return;
        }

        if (FlapClock.SteadyMs(status, _noise.Flapping) <= nowMs)
        {
            Come(id, Fact(status, AlertEventKind.Steady, nowMs));
            Settle(id, nowMs);
        }

        while (DutyClock.Due(Find(id)!, _policy, nowMs) is { } fact)
        {
            Come(id, fact);
            Settle(id, nowMs);
        }

        Arm(Find(id)!);
    }

    private AlertStep Complete(AlertStatus? status, AlertStep step)
    {
        var complete = step with
        {
            AlertId = status?.Id ?? step.AlertId,
            Sequence = status is null ? step.Sequence : status.Sequence + 1,
            Version = status is null ? 1 : status.Version + 1,
            Enterprise = _policy.EnterpriseOf(step.Zone),
            Audience = _policy.Of(step.IsFiring ? step.Tier : status!.DutyTier).Audience,
            DueMs = DueAfter(status, step),
        };
        var verdict = _register.Noise.Judge(status, complete, _noise);
        return complete with { HeldBy = verdict.HeldBy, Group = verdict.Group, IsFirstOut = _register.Noise.IsFirstOut(complete, _noise) };
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

    private void Follow(AlertStep step)
    {
        var (id, nowMs) = (step.AlertId, step.AtMs);
        var status = Find(id)!;
        if (status is { IsShelved: true, Tier: Tier.CrossBorder })
        {
            Come(id, Fact(status, AlertEventKind.Unshelved, nowMs) with { Note = "it rose to the highest tier" });
        }

        if (FlapClock.HasBegun(status, _noise.Flapping, nowMs))
        {
            Come(id, Fact(status, AlertEventKind.Flapping, nowMs));
        }

        if (step is { IsBegin: true, IsFiring: true } && _noise.Flood is { } flood && _register.Noise.IsFloodBegun(status, flood, nowMs))
        {
            Come(id, Fact(status, AlertEventKind.FloodBegan, nowMs) with { Group = _register.Noise.FirstOutOf(status) });
        }

        Settle(id, nowMs);
        while (_register.OpenCount > _maxOpen && _register.OldestQuiet is { } oldest)
        {
            Come(oldest, Fact(Find(oldest)!, AlertEventKind.Closed, nowMs) with { Note = $"more than {_maxOpen} alerts are open: the oldest whose condition is gone was closed" });
            Settle(oldest, nowMs);
        }

        Release(nowMs);
    }

    /// <summary>What follows at once from where the alert stands.</summary>
    private void Settle(string id, long nowMs)
    {
        if (DutyClock.Restriction(Find(id)!, _policy, nowMs) is { } restriction)
        {
            Come(id, restriction);
        }

        var status = Find(id)!;
        if (status is { IsFiring: true, IsShelved: false, IsFlapping: false, HeldBy: HoldReason.Shelved or HoldReason.Flapping })
        {
            Free(status, nowMs);
        }
    }

    /// <summary>Tells those for whom nobody speaks any more; one that is told may speak for others.</summary>
    private void Release(long nowMs)
    {
        while (_register.Noise.Orphan is { } orphan)
        {
            Free(Find(orphan.Id)!, nowMs);
        }
    }

    /// <summary>What somebody has shelved meanwhile, or what flaps, stays held back: for that reason now.</summary>
    private void Free(AlertStatus status, long nowMs) => Come(status.Id, Fact(status, AlertEventKind.Released, nowMs) with
    {
        Note = status.HeldBy.Name(),
        Group = status.Group,
        HeldBy = status.Tier == Tier.CrossBorder ? HoldReason.None : status.IsShelved ? HoldReason.Shelved : status.IsFlapping ? HoldReason.Flapping : HoldReason.None,
    });

    private AlertFact Fact(AlertStatus status, AlertEventKind kind, long nowMs) => new()
    {
        Kind = kind,
        AtMs = nowMs,
        DueMs = status.DueMs,
        Assignee = status.Assignee,
        Audience = _policy.Of(status.IsFiring ? status.Tier : status.DutyTier).Audience,
    };

    private void Come(string id, AlertFact fact)
    {
        Fold(id, fact);
        _decisions.Add(new AlertDecision(Find(id)!, fact));
    }

    private void Arm(AlertStatus status) =>
        _timers.Set(status.Id, Math.Min(DutyClock.NextMs(status, _policy), FlapClock.SteadyMs(status, _noise.Flapping)), status.Number);
}
