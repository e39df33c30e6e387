using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>
/// A function over positions. Receivers jump: a position that would need more than <see cref="MaxSpeed"/> is not believed until
/// the next one agrees with it, and meanwhile the value is unknown, as it is while the position is. Argument 0 is the position.
/// </summary>
/// <param name="maxAgeMs">Age from which on the last position says nothing.</param>
internal abstract class PositionCell(long maxAgeMs) : Cell
{
    /// <summary>No vehicle on a road is faster, m/s: 250 km/h.</summary>
    public const double MaxSpeed = 250 / 3.6;

    /// <summary>What a receiver's error alone may add between two positions, m.</summary>
    public const double Noise = 50;

    /// <summary>After a longer pause nobody knows what happened in between.</summary>
    public const long MaxGapMs = 5 * 60_000;

    /// <summary>Words that this class takes; those of a function follow.</summary>
    protected const int BaseWords = 5;

    private const int Flags = 0;
    private const int Place = 1;
    private const int Time = 2;
    private const int SuspectPlace = 3;
    private const int SuspectTime = 4;
    private const long HasPlace = 1;
    private const long HasSuspect = 2;
    private const long IsKnown = 4;

    public sealed override bool SpeaksAtTicks => false;

    public sealed override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
        var packed = BitConverter.DoubleToInt64Bits(arguments[0]);
        if (packed == BitConverter.DoubleToInt64Bits(double.NaN))
        {
            memory[Flags] &= ~IsKnown;
            return;
        }

        var position = GeoPosition.Unpack(arguments[0]);
        var had = (memory[Flags] & HasPlace) != 0;
        var isNear = !had || CanReach(memory[Place], memory[Time], position, now.EventMs);
        if (!isNear && ((memory[Flags] & HasSuspect) == 0 || !CanReach(memory[SuspectPlace], memory[SuspectTime], position, now.EventMs)))
        {
            memory[Flags] = HasPlace | HasSuspect;
            (memory[SuspectPlace], memory[SuspectTime]) = (packed, now.EventMs);
            return;
        }

        var kind = !had ? FixKind.First : !isNear ? FixKind.Jump : now.EventMs - memory[Time] > MaxGapMs ? FixKind.AfterGap : FixKind.Next;
        memory[Flags] = HasPlace | IsKnown;
        (memory[Place], memory[Time]) = (packed, now.EventMs);
        (memory[SuspectPlace], memory[SuspectTime]) = (0, 0);
        Accept(memory[BaseWords..], position, now.EventMs, kind);
    }

    public sealed override double Read(Span<long> memory, in Moment now) =>
        (memory[Flags] & IsKnown) != 0 && now.EventMs - memory[Time] <= maxAgeMs ? Value(memory[BaseWords..], memory[Time]) : double.NaN;

    /// <summary>A position that is believed.</summary>
    protected abstract void Accept(Span<long> memory, GeoPosition position, long timeMs, FixKind kind);

    /// <param name="timeMs">Of the last position that is believed.</param>
    protected abstract double Value(ReadOnlySpan<long> memory, long timeMs);

    protected static GeoPosition PositionOf(long bits) => GeoPosition.Unpack(BitConverter.Int64BitsToDouble(bits));

    protected static long BitsOf(GeoPosition position) => BitConverter.DoubleToInt64Bits(position.Pack());

    private static bool CanReach(long from, long fromMs, GeoPosition to, long toMs) =>
        Geodesic.ShortDistance(PositionOf(from), to) <= Noise + (MaxSpeed * (toMs - fromMs) / 1000);
}
