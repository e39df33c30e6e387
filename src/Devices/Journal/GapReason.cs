namespace Fengsui.Devices.Journal;

/// <summary>Why a range of positions cannot be read.</summary>
public enum GapReason
{
    /// <summary>The bytes are there but are no intact blocks: see the damaged ranges.</summary>
    Damaged,

    /// <summary>A segment, or the end of one, is not there.</summary>
    Missing,

    /// <summary>The journal begins later: older segments were deleted by retention, or lost.</summary>
    BeforeFirst,

    /// <summary>The reader had seen more than the journal has: its end was lost.</summary>
    AfterEnd,
}
