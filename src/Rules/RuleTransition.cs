using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>One step in the life of one alert of one device.</summary>
public readonly struct RuleTransition
{
    public required Rule Rule { get; init; }

    public required TransitionKind Kind { get; init; }

    /// <summary>The tier from now on; <see cref="Model.Tier.None"/> for pending, resolved and cancelled.</summary>
    public required Tier Tier { get; init; }

    /// <summary>The tier until now; <see cref="Model.Tier.None"/> when it was not firing.</summary>
    public required Tier PreviousTier { get; init; }

    /// <summary>Event time of the row that caused it, in Unix milliseconds.</summary>
    public required long EventTimeMs { get; init; }

    /// <summary>When the condition first became true; part of the alert's id.</summary>
    public required long StartTimeMs { get; init; }

    /// <summary>From 1 within an alert; 0 for <see cref="TransitionKind.Pending"/> and <see cref="TransitionKind.Cancelled"/>.</summary>
    public required int Sequence { get; init; }

    public required ResolveReason Reason { get; init; }

    /// <summary>What the rule read at that moment, in the order of <see cref="Rule.Inputs"/>; NaN is unknown. Empty when <see cref="Sequence"/> is 0.</summary>
    public required double[] Values { get; init; }
}
