namespace Fengsui.Devices.Actors;

/// <summary>What <see cref="RowJudge"/> says of a row.</summary>
/// <param name="TimeMs">The time under which the row counts: a burst without times is spread.</param>
internal readonly record struct RowRuling(RowVerdict Verdict, long TimeMs)
{
    /// <summary>Older than the newest row, and the device's clock was not set back.</summary>
    public bool IsLate { get; init; }

    /// <summary>The row is about now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The row confirms that the device's clock was set back.</summary>
    public bool WasSetBack { get; init; }

    /// <summary>What the clock before it was set back would show now; with <see cref="WasSetBack"/> only.</summary>
    public long OldClockMs { get; init; }
}
