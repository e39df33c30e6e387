namespace Fengsui.Rules.Evaluation.Cells.Sequences;

/// <summary>
/// <c>a followed by b within d</c>: true from when b is true no later than d after a became true, for as long as b stays true.
/// <c>a not followed by b within d</c>: true from d after a became true, when b was not true in that time, until b is true; a
/// becoming true again does not prolong the wait. Unknown is neither a beginning nor an end.
/// </summary>
internal sealed class FollowedCell(bool isNegated, long withinMs) : Cell
{
    private const long WasTrue = 1;
    private const long IsFollowed = 2;

    /// <summary>Time plus one at which a became true, zero when nothing is open; bits.</summary>
    public override int Words => 2;

    public override bool IsTimed => isNegated;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var (a, b) = (arguments[0], arguments[1]);
        if (a == 1 && (memory[1] & WasTrue) == 0 && !(isNegated && memory[0] != 0))
        {
            memory[0] = Word.OfTime(now.EventMs);
        }

        memory[1] = double.IsNaN(a) ? memory[1] : a == 1 ? memory[1] | WasTrue : memory[1] & ~WasTrue;
        if (b == 1)
        {
            var isInTime = memory[0] != 0 && now.EventMs - Word.Time(memory[0]) <= withinMs;
            memory[1] |= isInTime ? IsFollowed : 0;
            memory[0] = 0;
        }
        else if (b == 0)
        {
            memory[1] &= ~IsFollowed;
        }
    }

    /// <summary>Late news that it was followed after all.</summary>
    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var sinceMs = memory[0] == 0 ? -1 : now.EventMs - Word.Time(memory[0]);
        if (isNegated && arguments[1] == 1 && sinceMs >= 0 && sinceMs <= withinMs)
        {
            memory[0] = 0;
        }
    }

    public override double Read(Span<long> memory, in Moment now) =>
        isNegated ? (memory[0] != 0 && now.EventMs - Word.Time(memory[0]) > withinMs ? 1 : 0)
        : (memory[1] & IsFollowed) != 0 ? 1 : 0;

    /// <summary>What waits has waited as long as it has, and what is overdue stays so: a clock that is set ends no alarm.</summary>
    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs)
    {
        memory[0] = memory[0] == 0 ? 0 : Moved(memory[0], lastMs, nowMs);
        return true;
    }
}
