using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>
/// Whether the device has stayed within a circle for a time. The circle begins around the first position after it last left
/// one and settles on the place for <see cref="SettleMs"/>: a vehicle that rolls to a halt would else stand at the circle's rim, where
/// noise ends the stop. Two positions in a row must lie outside before it counts as left, so that one bad fix ends nothing. False
/// is said only when it was seen to move: at the beginning and after a gap within the circle the answer is unknown until the
/// time is full.
/// </summary>
internal sealed class StoppedCell(long durationMs, double radius, long maxAgeMs) : PositionCell(maxAgeMs)
{
    public const long SettleMs = 2 * 60_000;

    private const long HalfTurnE7 = 1_800_000_000;
    private const int Flags = 0;
    private const int Centre = 1;
    private const int Since = 2;
    private const int OutsidePlace = 3;
    private const int OutsideTime = 4;
    private const int Origin = 5;
    private const long HasMoved = 1;
    private const long HasOutside = 2;

    public override int Words => BaseWords + 6;

    protected override void Accept(Span<long> memory, GeoPosition position, long timeMs, FixKind kind)
    {
        var isWithin = kind != FixKind.First && IsWithin(memory[Centre], position);
        switch (kind)
        {
            case FixKind.First:
                Begin(memory, BitsOf(position), timeMs, 0);
                break;
            case FixKind.AfterGap when isWithin:
                Begin(memory, memory[Centre], timeMs, 0);
                break;
            case FixKind.AfterGap or FixKind.Jump:
                Begin(memory, BitsOf(position), timeMs, HasMoved);
                break;
            case FixKind.Next when isWithin:
                memory[Flags] &= ~HasOutside;
                Settle(memory, position, timeMs);
                break;
            case FixKind.Next when (memory[Flags] & HasOutside) == 0:
                memory[Flags] |= HasOutside;
                (memory[OutsidePlace], memory[OutsideTime]) = (BitsOf(position), timeMs);
                break;
            case FixKind.Next when IsWithin(memory[OutsidePlace], position):
                Begin(memory, memory[OutsidePlace], memory[OutsideTime], HasMoved);
                break;
            default:
                Begin(memory, BitsOf(position), timeMs, HasMoved);
                break;
        }
    }

    protected override double Value(ReadOnlySpan<long> memory, long timeMs) =>
        timeMs - memory[Since] >= durationMs ? 1 : (memory[Flags] & HasMoved) != 0 ? 0 : double.NaN;

    /// <summary>
    /// The circle's centre goes halfway to a position. Farther than a radius from where it began it was not settling but driving, and begins anew: so nothing drives
    /// away with it, and a place at its rim does not stay there.
    /// </summary>
    private void Settle(Span<long> memory, GeoPosition position, long timeMs)
    {
        var centre = PositionOf(memory[Centre]);
        var (north, east) = ((long)position.LatitudeE7 + centre.LatitudeE7, (long)position.LongitudeE7 + centre.LongitudeE7);

        // Across the antimeridian there is no middle of two longitudes.
        if (timeMs - memory[Since] <= SettleMs && Math.Abs((long)position.LongitudeE7 - centre.LongitudeE7) < HalfTurnE7)
        {
            var settled = new GeoPosition((int)(north / 2), (int)(east / 2));
            if (IsWithin(memory[Origin], settled))
            {
                memory[Centre] = BitsOf(settled);
            }
            else
            {
                Begin(memory, BitsOf(position), timeMs, HasMoved);
            }
        }
    }

    private bool IsWithin(long centre, GeoPosition position) => Geodesic.ShortDistance(PositionOf(centre), position) <= radius;

    private static void Begin(Span<long> memory, long centre, long sinceMs, long flags)
    {
        (memory[Flags], memory[Centre], memory[Since]) = (flags, centre, sinceMs);
        (memory[OutsidePlace], memory[OutsideTime], memory[Origin]) = (0, 0, centre);
    }
}
