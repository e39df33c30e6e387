namespace Fengsui.Devices.Journal;

/// <summary>A range of positions that once held blocks and cannot be read.</summary>
/// <param name="FromPosition">End of the last intact block before it.</param>
/// <param name="ToPosition">Where the next intact block joins on.</param>
/// <param name="LostBlocks">How many blocks it held; 0 when that cannot be known.</param>
/// <param name="Reason">Why.</param>
/// <param name="Damage">Where the bytes stand, as far as there are any.</param>
public sealed record JournalGap(long FromPosition, long ToPosition, long LostBlocks, GapReason Reason, IReadOnlyList<DamagedRange> Damage)
{
    /// <summary>
    /// Bytes of the journal that a reader at <paramref name="position"/> has lost by it; at least so many, since positions are
    /// left out at every opening and what stood before is not known any more.
    /// </summary>
    public long BytesAfter(long position)
    {
        var from = Math.Max(FromPosition, position);
        return from >= ToPosition ? 0
            : from / JournalFormat.PositionStep == ToPosition / JournalFormat.PositionStep ? ToPosition - from
            : Math.Max(1, ToPosition % JournalFormat.PositionStep);
    }
}
