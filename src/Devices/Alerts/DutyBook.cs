using System.Numerics;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Alerts.Duties;

namespace Fengsui.Devices.Alerts;

/// <summary>The duties that are open, and the restrictions in force: as the alert log has them. Any thread.</summary>
public sealed class DutyBook
{
    private readonly AlertBook _alerts;
    private readonly Func<DutyPolicy> _policy;

    internal DutyBook(AlertBook alerts, Func<DutyPolicy> policy) => (_alerts, _policy) = (alerts, policy);

    /// <summary>Of all alerts on people's list, oldest first; done ones until their alert is closed.</summary>
    public IReadOnlyList<Duty> List()
    {
        var policy = _policy();
        return [.. Statuses().Select(status => DutyOf(status, policy))];
    }

    /// <summary>By enterprise, in the order of their names.</summary>
    public IReadOnlyList<Restriction> Restrictions() =>
        [.. Statuses().Where(status => status.IsRestricting)
            .GroupBy(status => status.Enterprise, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Restriction(group.Key, [.. group.Select(status => status.Id)]))];

    /// <summary>Alerts that are held back now, and why.</summary>
    public IReadOnlyList<AlertStatus> Held() => [.. Statuses().Where(status => status.HeldBy != HoldReason.None)];

    private IEnumerable<AlertStatus> Statuses() => _alerts.Open().Select(alert => alert.Status).OfType<AlertStatus>();

    private static Duty DutyOf(AlertStatus status, DutyPolicy policy)
    {
        var duty = policy.Of(status.DutyTier);
        var next = DutyClock.NextMs(status, policy);
        return new Duty(
            status, StateOf(status, duty), duty.Audience, status.DueMs, next == long.MaxValue ? null : next, 32 - BitOperations.LeadingZeroCount(status.Escalated));
    }

    private static DutyState StateOf(AlertStatus status, TierDuty duty) =>
        status.IsDisposed ? DutyState.Done
        : status.IsOverdue && !duty.IsMet(status) ? DutyState.Overdue
        : status.IsBegun ? DutyState.Begun
        : status.IsAcknowledged ? DutyState.Acknowledged
        : DutyState.Open;
}
