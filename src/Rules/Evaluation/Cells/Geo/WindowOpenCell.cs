using Fengsui.Rules.Library.Routes;

namespace Fengsui.Rules.Evaluation.Cells.Geo;

/// <summary>Whether a route's approved time window is open; unknown when the route has none. Remembers nothing.</summary>
internal sealed class WindowOpenCell(Route? route) : Cell
{
    public override int Words => 0;

    public override bool IsTimed => true;

    public override void Feed(Span<long> memory, ReadOnlySpan<double> arguments, in Moment now)
    {
    }

    public override double Read(Span<long> memory, in Moment now) =>
        route is not { HasWindow: true } ? double.NaN : route.IsOpenAt(now.EventMs) ? 1 : 0;
}
