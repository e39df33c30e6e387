using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>Metres outside a route; unknown without a route.</summary>
internal sealed class DeviationCell(Route? route, long maxAgeMs) : PositionCell(maxAgeMs)
{
    public override int Words => BaseWords + 1;

    protected override void Accept(Span<long> memory, GeoPosition position, long timeMs, FixKind kind) =>
        memory[0] = BitConverter.DoubleToInt64Bits(route?.Shape.Deviation(position) ?? double.NaN);

    protected override double Value(ReadOnlySpan<long> memory, long timeMs) => BitConverter.Int64BitsToDouble(memory[0]);
}
