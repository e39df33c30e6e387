using Fengsui.Rules.Model;

namespace Fengsui.Rules.Alerts.Duties;

/// <summary>All of <c>duties:</c>; what no file says is as the table of the four tiers has it.</summary>
public sealed record DutyPolicy
{
    private const long Hour = 3_600_000;
    private const long Minute = 60_000;

    /// <summary>As if no file had said anything.</summary>
    public static DutyPolicy Default { get; } = new();

    /// <summary>By tier, general first.</summary>
    public IReadOnlyList<TierDuty> Tiers { get; init; } =
    [
        new()
        {
            Tier = Tier.General,
            Audience = ["enterprise-safety"],
            DueMs = 12 * Hour,
            RemindMs = 4 * Hour,
            Escalations = [new(true, 2 * Hour, ["enterprise-management"])],
        },
        new()
        {
            Tier = Tier.Significant,
            Audience = ["park-supervisor", "customs-on-site"],
            DueMs = 6 * Hour,
            RemindMs = 2 * Hour,
            Escalations = [new(true, 30 * Minute, ["park-management"])],
        },
        new()
        {
            Tier = Tier.Major,
            Audience = ["emergency-joint-group", "customs-joint-group"],
            DueMs = 4 * Hour,
            Goal = DutyGoal.Begun,
            Confirmations = [Capacities.Safety, Capacities.Customs],
            RemindMs = Hour,
            Escalations = [new(true, 10 * Minute, ["emergency-superior", "customs-superior"])],
        },
        new()
        {
            Tier = Tier.CrossBorder,
            Audience = ["enterprise-safety", "park-supervisor", "customs-on-site", "emergency-joint-group", "customs-joint-group", "emergency-superior", "customs-superior"],
            DueMs = 0,
            GraceMs = 15 * Minute,
            Goal = DutyGoal.Begun,
            Confirmations = [Capacities.Safety, Capacities.Customs],
            RemindMs = 15 * Minute,
        },
    ];

    /// <summary>Longest that an alert can be shelved at a time, ms.</summary>
    public long MaxShelveMs { get; init; } = 8 * Hour;

    internal IReadOnlyList<Enterprise> Enterprises { get; init; } = [];

    public TierDuty Of(Tier tier) => Tiers[(int)tier - 1];

    /// <summary>The next tier above; the highest is its own.</summary>
    public TierDuty Above(Tier tier) => Of(tier == Tier.CrossBorder ? tier : tier + 1);

    /// <summary>The first whose patterns fit; a zone that nobody has claimed is run by somebody of its own name.</summary>
    public string EnterpriseOf(string zone)
    {
        foreach (var enterprise in Enterprises)
        {
            if (enterprise.Zones.Any(pattern => pattern.Matches(zone)))
            {
                return enterprise.Name;
            }
        }

        return zone;
    }
}
