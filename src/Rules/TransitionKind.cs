namespace Fengsui.Rules;

/// <summary>A step in the life of an alert. Stored in the alert log as one byte: never renumber.</summary>
public enum TransitionKind : byte
{
    /// <summary>A condition became true and waits for its <c>for</c>. Not part of the alert's sequence.</summary>
    Pending = 1,

    Firing = 2,

    TierChanged = 3,

    Resolved = 4,

    /// <summary>A pending episode ended without firing. Not part of the alert's sequence.</summary>
    Cancelled = 5,
}
