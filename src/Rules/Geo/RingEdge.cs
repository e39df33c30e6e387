using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>One edge of a ring.</summary>
internal readonly record struct RingEdge(GeoPosition Start, GeoPosition End)
{
    /// <summary>0 on the edge; otherwise anything else.</summary>
    /// <param name="isCrossed">A line eastwards from the position crosses the edge; of an edge's ends the lower one counts.</param>
    public int SideOf(GeoPosition position, out bool isCrossed)
    {
        var (y, y1, y2) = ((long)position.LatitudeE7, (long)Start.LatitudeE7, (long)End.LatitudeE7);
        var (x, x1, x2) = ((long)position.LongitudeE7, (long)Start.LongitudeE7, (long)End.LongitudeE7);
        isCrossed = false;
        if (y < Math.Min(y1, y2) || y > Math.Max(y1, y2) || x > Math.Max(x1, x2))
        {
            return 1;
        }

        // Each product is below 6.5e18; their difference is taken as a comparison because it may not fit.
        var side = ((x2 - x1) * (y - y1)).CompareTo((x - x1) * (y2 - y1));
        if (side == 0 && x >= Math.Min(x1, x2))
        {
            return 0;
        }

        // The position is west of the edge when it lies on the left of the way up, or on the right of the way down.
        isCrossed = (y1 <= y) != (y2 <= y) && side > 0 == y2 > y1;
        return 1;
    }
}
