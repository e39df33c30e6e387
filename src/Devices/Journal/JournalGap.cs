namespace Fengsui.Devices.Journal;

/// <summary>A range of positions that once held blocks and cannot be read.</summary>
/// <param name="FromPosition">End of the last intact block before it.</param>
/// <param name="ToPosition">Where the next intact block joins on.</param>
/// <param name="LostBlocks">How many blocks it held; 0 when that cannot be known.</param>
/// <param name="Reason">Why.</param>
/// <param name="Damage">Where the bytes stand, as far as there are any.</param>
public sealed record JournalGap(long FromPosition, long ToPosition, long LostBlocks, GapReason Reason, IReadOnlyList<DamagedRange> Damage);
