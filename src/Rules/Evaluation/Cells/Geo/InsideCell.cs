using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>Whether the position is inside (or outside) a polygon or corridor; unknown when the route is none.</summary>
internal sealed class InsideCell(Route? route, bool wantsInside, long maxAgeMs) : PositionCell(maxAgeMs)
{
    public override int Words => BaseWords + 1;

    protected override void Accept(Span<long> memory, GeoPosition position, long timeMs, FixKind kind) =>
        memory[0] = route is { Shape: { IsArea: true } shape } && shape.Contains(position) == wantsInside ? 1 : 0;

    protected override double Value(ReadOnlySpan<long> memory, long timeMs) => route is { Shape.IsArea: true } ? memory[0] : double.NaN;
}
