namespace Fengsui.Rules;

/// <summary>Why an alert resolved. Stored in the alert log as one byte: never renumber.</summary>
public enum ResolveReason : byte
{
    /// <summary>Not a resolve.</summary>
    None = 0,

    /// <summary>A reading gave evidence that the condition is over.</summary>
    Cleared = 1,

    /// <summary>The rule was changed or removed, or does not select the device any more.</summary>
    RuleChanged = 2,

    /// <summary>An operator reset a latched alert.</summary>
    Reset = 3,
}
