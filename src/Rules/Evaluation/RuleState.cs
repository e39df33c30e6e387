using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>The state of one rule on one device, beside its levels.</summary>
internal struct RuleState
{
    /// <summary>Event time of the latest row that the rule ran for.</summary>
    public long LastEvaluatedMs;

    /// <summary>Start of the episode that is pending or firing.</summary>
    public long StartMs;

    /// <summary>When the last alert resolved: the next one begins no earlier, so that no two have one id.</summary>
    public long FloorMs;

    /// <summary>Of the latest transition of the alert; kept after a resolve while an alert of the same start could follow.</summary>
    public int Sequence;

    /// <summary>In force; none when the rule does not fire.</summary>
    public Tier Tier;

    /// <summary>Event time of the latest tick that the rule ran for; its steps never go back behind it.</summary>
    public long TickedMs;

    public bool IsPending;

    public static RuleState New => new() { LastEvaluatedMs = DeviceState.Never, FloorMs = DeviceState.Never, TickedMs = DeviceState.Never };

    public readonly bool IsQuiet => Tier == Tier.None && !IsPending;
}
