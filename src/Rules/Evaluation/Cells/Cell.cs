namespace Fengsui.Rules.Evaluation.Cells;

/// <summary>
/// A function with memory: a window, an exposure, a sequence. One object serves all devices of a program; what it
/// remembers of one device is a fixed stretch of that device's words. <b>All zero means new</b>, so a snapshot is a copy,
/// and nothing is allocated per row. Doubles are kept as their bits.
/// </summary>
internal abstract class Cell
{
    /// <summary>Size of its memory in 64-bit words; never changes.</summary>
    public abstract int Words { get; }

    /// <summary>Whether its value may change without a row, so that rules that read it run at ticks too.</summary>
    public virtual bool IsTimed => false;

    /// <summary>False for what only samples say, such as a position: at a tick it is unknown, so that no gap is taken for evidence.</summary>
    public virtual bool SpeaksAtTicks => true;

    /// <summary>Whether what it says stays so until it is fed again, however long that takes.</summary>
    public virtual bool Lasts => IsTimed;

    /// <summary>Whether <see cref="Begin"/> is called at ticks: it counts time also while nothing ever fed it.</summary>
    public virtual bool WaitsFromFirstTick => false;

    /// <summary>A tick, before anything reads it.</summary>
    public virtual void Begin(Span<long> memory, in Moment now)
    {
    }

    /// <summary>
    /// A row with one of the metrics that the arguments read has been applied; <c>now</c> is not before the call before.
    /// </summary>
    /// <param name="arguments">Numbers, or truths as 0 and 1; NaN is unknown. A position is packed, see <see cref="Model.GeoPosition"/>.</param>
    public abstract void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now);

    /// <summary>A row older than the newest one that was fed. What is still open may be corrected; by default it changes nothing.</summary>
    public virtual void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
    }

    /// <summary>The value at <paramref name="now"/>: a number, or a truth as 0 and 1; NaN is unknown. Changes nothing: a tick looks ahead of the rows that may follow, and explaining looks on.</summary>
    public abstract double Read(Span<long> memory, in Moment now);

    /// <summary>
    /// The device's clock was set back for good: event times in memory lie in the future of the new clock. By default it begins anew; what must not be lost moves
    /// over with <see cref="Moved"/>.
    /// </summary>
    /// <param name="lastMs">What the old clock shows at this moment.</param>
    /// <param name="nowMs">What the new clock says instead.</param>
    /// <returns>Whether it goes on; false when it begins anew, as if nothing had ever fed it.</returns>
    public virtual bool RestartClock(Span<long> memory, long lastMs, long nowMs)
    {
        memory.Clear();
        return false;
    }

    /// <summary>A time of the old clock, as a word that is never zero, by the new one: as long ago as it was.</summary>
    protected static long Moved(long word, long lastMs, long nowMs) => Word.OfTime(nowMs - EventTime.Elapsed(Word.Time(word), lastMs));
}
