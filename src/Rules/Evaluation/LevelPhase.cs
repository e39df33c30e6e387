namespace Fengsui.Rules.Evaluation;

/// <summary>Where one tier of one rule stands on one device. Stored in snapshots as one byte: never renumber.</summary>
internal enum LevelPhase : byte
{
    Idle = 0,

    /// <summary>The condition is true and its <c>for</c> is running.</summary>
    Pending = 1,

    /// <summary>In force.</summary>
    Active = 2,

    /// <summary>Cleared, but still in force until its hold is over.</summary>
    Holding = 3,
}
