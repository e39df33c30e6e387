namespace Fengsui.Rules;

/// <summary>What an operator's reset of a latched rule did.</summary>
public enum ResetOutcome
{
    /// <summary>The alert resolved.</summary>
    Resolved,

    /// <summary>Some tiers ended; what is still true keeps the alert firing.</summary>
    SteppedDown,

    /// <summary>Nothing: the condition is still true.</summary>
    StillTrue,

    /// <summary>Nothing: the rule does not fire.</summary>
    NotFiring,

    /// <summary>Nothing: the rule does not latch, it ends by itself.</summary>
    NotLatched,

    /// <summary>Nothing: the device has no such rule.</summary>
    NoSuchRule,
}
