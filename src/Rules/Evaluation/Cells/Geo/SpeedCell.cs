using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>
/// Speed from positions, km/h: the way from where the device was at least <see cref="BaseMs"/> ago, and less than twice that when
/// positions come often, so that 3 m of noise are 2 km/h and not 100. A jump or a gap begins anew.
/// </summary>
internal sealed class SpeedCell(long maxAgeMs) : PositionCell(maxAgeMs)
{
    public const long BaseMs = 5_000;

    private const int Anchors = 0;
    private const int OldPlace = 1;
    private const int OldTime = 2;
    private const int NewPlace = 3;
    private const int NewTime = 4;
    private const int Speed = 5;
    private const double KmhPerMetreMs = 3_600;

    public override int Words => BaseWords + 6;

    protected override void Accept(Span<long> memory, GeoPosition position, long timeMs, FixKind kind)
    {
        if (kind != FixKind.Next)
        {
            memory.Clear();
            (memory[Anchors], memory[OldPlace], memory[OldTime]) = (1, BitsOf(position), timeMs);
            return;
        }

        var latestMs = memory[Anchors] == 1 ? memory[OldTime] : memory[NewTime];
        if (timeMs - latestMs >= BaseMs)
        {
            if (memory[Anchors] == 2)
            {
                (memory[OldPlace], memory[OldTime]) = (memory[NewPlace], memory[NewTime]);
            }

            (memory[Anchors], memory[NewPlace], memory[NewTime]) = (2, BitsOf(position), timeMs);
        }

        if (memory[Anchors] == 2)
        {
            var way = Geodesic.ShortDistance(PositionOf(memory[OldPlace]), position);
            memory[Speed] = BitConverter.DoubleToInt64Bits(way / (timeMs - memory[OldTime]) * KmhPerMetreMs);
        }
    }

    protected override double Value(ReadOnlySpan<long> memory, long timeMs) =>
        memory[Anchors] == 2 ? BitConverter.Int64BitsToDouble(memory[Speed]) : double.NaN;
}
