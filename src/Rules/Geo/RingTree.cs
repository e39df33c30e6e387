using Fengsui.Rules.Model;

namespace Fengsui.Rules.Geo;

/// <summary>
/// The edges of a polygon's rings, holes included, straight in longitude and latitude as RFC 7946 has them. A position is
/// inside when a line from it eastwards crosses an odd number of edges; on an edge is inside. All in whole numbers of
/// 1e-7 degree, so the answer is exact. Stretches of edges that the line cannot meet are left out.
/// </summary>
internal sealed class RingTree
{
    private const int LeafEdges = 8;

    private readonly RingEdge[] _edges;
    private readonly Box[] _boxes;

    public RingTree(RingEdge[] edges)
    {
        _edges = edges;
        var levels = 1;
        for (var widest = edges.Length; widest > LeafEdges; widest = (widest + 1) / 2)
        {
            levels++;
        }

        _boxes = new Box[(1 << levels) - 1];
        Enclose(0, 0, edges.Length);
    }

    public bool Contains(GeoPosition position)
    {
        var isInside = false;
        return Visit(0, 0, _edges.Length, position, ref isInside) || isInside;
    }

    /// <summary>True when the position lies on an edge, which ends the search.</summary>
    private bool Visit(int node, int from, int to, GeoPosition position, ref bool isInside)
    {
        ref readonly var box = ref _boxes[node];
        if (position.LatitudeE7 < box.South || position.LatitudeE7 > box.North || position.LongitudeE7 > box.East)
        {
            return false;
        }

        if (to - from > LeafEdges)
        {
            var middle = (from + to) / 2;
            return Visit((2 * node) + 1, from, middle, position, ref isInside) || Visit((2 * node) + 2, middle, to, position, ref isInside);
        }

        for (var i = from; i < to; i++)
        {
            var side = _edges[i].SideOf(position, out var isCrossed);
            if (side == 0)
            {
                return true;
            }

            isInside ^= isCrossed;
        }

        return false;
    }

    private void Enclose(int node, int from, int to)
    {
        var box = new Box { South = int.MaxValue, North = int.MinValue, East = int.MinValue };
        for (var i = from; i < to; i++)
        {
            ref readonly var edge = ref _edges[i];
            box.South = Math.Min(box.South, Math.Min(edge.Start.LatitudeE7, edge.End.LatitudeE7));
            box.North = Math.Max(box.North, Math.Max(edge.Start.LatitudeE7, edge.End.LatitudeE7));
            box.East = Math.Max(box.East, Math.Max(edge.Start.LongitudeE7, edge.End.LongitudeE7));
        }

        _boxes[node] = box;
        if (to - from > LeafEdges)
        {
            Enclose((2 * node) + 1, from, (from + to) / 2);
            Enclose((2 * node) + 2, (from + to) / 2, to);
        }
    }

    private struct Box
    {
        public int South;
        public int North;
        public int East;
    }
}
