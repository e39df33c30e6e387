namespace Fengsui.Rules.Evaluation.Cells.Silence;

/// <summary>How long nobody has heard what counts as a sign of life, in time during which somebody was listening.</summary>
/// <param name="hasValue">Any reading of a known value is a sign (silence), or only one that differs from the one before (staleness).</param>
/// <param name="limitMs">From then on it is true; 0 to give the age in seconds instead.</param>
internal sealed class SilenceCell(bool hasValue, long limitMs) : Cell
{
    /// <summary>Watch time plus one of the latest sign, else of the first tick; bits of the latest value; whether there is one.</summary>
    public override int Words => 3;

    public override bool IsTimed => true;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        // A counter that counts on while the value itself is unknown is no sign of the value.
        if (double.IsNaN(arguments[0]) || double.IsNaN(arguments[^1]))
        {
            return;
        }

        var word = Word.Of(arguments[^1]);
        if (hasValue || memory[2] == 0 || Word.Double(memory[1]) != arguments[^1])
        {
            (memory[0], memory[1], memory[2]) = (Word.OfTime(now.WatchMs), word, 1);
        }
    }

    /// <summary>Old data that come now are a sign of life all the same.</summary>
    public override void FeedLate(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        if (hasValue)
        {
            Feed(memory, arguments, now);
        }
    }

    public override bool WaitsFromFirstTick => true;

    /// <summary>Who never said anything is silent from now on.</summary>
    public override void Begin(Span<long> memory, in Moment now) => memory[0] = memory[0] == 0 ? Word.OfTime(now.WatchMs) : memory[0];

    public override double Read(Span<long> memory, in Moment now)
    {
        var silentMs = memory[0] == 0 ? 0 : Math.Max(0, now.WatchMs - Word.Time(memory[0]));
        return limitMs == 0 ? silentMs / 1000.0 : silentMs >= limitMs ? 1 : 0;
    }

    /// <summary>The device's clock has nothing to do with when we heard from it.</summary>
    public override bool RestartClock(Span<long> memory, long lastMs, long nowMs) => true;
}
