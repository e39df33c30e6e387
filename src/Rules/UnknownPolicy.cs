namespace Fengsui.Rules;

/// <summary>What a rule makes of a condition that is unknown.</summary>
public enum UnknownPolicy : byte
{
    /// <summary>Everything stays as it is; a pending clock sees a gap.</summary>
    Keep,

    /// <summary>Unknown counts as true.</summary>
    Alarm,

    /// <summary>No evidence: a pending clock starts anew; what fires goes on firing.</summary>
    Ignore,
}
