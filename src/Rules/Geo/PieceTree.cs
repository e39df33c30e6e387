namespace Fengsui.Rules.Geo;

/// <summary>
/// Finds the nearest of many pieces: a tree of balls over neighbours along the line. A ball whose near side is farther than the
/// best so far is left out, so a line of 2,000 vertices costs a few dozen steps a row, and the answer is exact.
/// </summary>
internal sealed class PieceTree
{
    private const int LeafPieces = 4;

    private readonly LinePiece[] _pieces;
    private readonly EarthPoint[] _centres;
    private readonly double[] _radii;

    public PieceTree(LinePiece[] pieces)
    {
        _pieces = pieces;
        var nodes = NodesOver(pieces.Length);
        _centres = new EarthPoint[nodes];
        _radii = new double[nodes];
        Enclose(0, 0, pieces.Length);
    }

    public int Count => _pieces.Length;

    /// <summary>The nearest point of the line and the straight distance to it, m.</summary>
    public EarthPoint NearestTo(in EarthPoint point, out double straight)
    {
        var best = _pieces[0].NearestTo(point);
        var away = point - best;
        var search = new Search { Point = point, Nearest = best, Square = away.Dot(away) };
        Visit(0, 0, _pieces.Length, ref search);
        straight = Math.Sqrt(search.Square);
        return search.Nearest;
    }

    private void Visit(int node, int from, int to, ref Search search)
    {
        if (to - from <= LeafPieces)
        {
            for (var i = from; i < to; i++)
            {
                search.Try(_pieces[i].NearestTo(search.Point));
            }

            return;
        }

        var middle = (from + to) / 2;
        var (left, right) = (NearSide((2 * node) + 1, search.Point), NearSide((2 * node) + 2, search.Point));
        if (left <= right)
        {
            VisitWithin((2 * node) + 1, from, middle, left, ref search);
            VisitWithin((2 * node) + 2, middle, to, right, ref search);
        }
        else
        {
            VisitWithin((2 * node) + 2, middle, to, right, ref search);
            VisitWithin((2 * node) + 1, from, middle, left, ref search);
        }
    }

    private void VisitWithin(int node, int from, int to, double nearSide, ref Search search)
    {
        if (nearSide * nearSide < search.Square)
        {
            Visit(node, from, to, ref search);
        }
    }

    /// <summary>No point in the ball is nearer.</summary>
    private double NearSide(int node, in EarthPoint point)
    {
        var away = point - _centres[node];
        return Math.Max(0, Math.Sqrt(away.Dot(away)) - _radii[node]);
    }

    private void Enclose(int node, int from, int to)
    {
        var (low, high) = (_pieces[from].Start, _pieces[from].Start);
        for (var i = from; i < to; i++)
        {
            (low, high) = (Min(low, Min(_pieces[i].Start, _pieces[i].End)), Max(high, Max(_pieces[i].Start, _pieces[i].End)));
        }

        var centre = (low + high) * 0.5;
        var square = 0.0;
        for (var i = from; i < to; i++)
        {
            var (start, end) = (_pieces[i].Start - centre, _pieces[i].End - centre);
            square = Math.Max(square, Math.Max(start.Dot(start), end.Dot(end)));
        }

        (_centres[node], _radii[node]) = (centre, Math.Sqrt(square));
        if (to - from > LeafPieces)
        {
            Enclose((2 * node) + 1, from, (from + to) / 2);
            Enclose((2 * node) + 2, (from + to) / 2, to);
        }
    }

    /// <summary>The larger half of a range decides how deep the tree is; places of a level that are not used stay empty.</summary>
    private static int NodesOver(int pieces)
    {
        var levels = 1;
        for (var widest = pieces; widest > LeafPieces; widest = (widest + 1) / 2)
        {
            levels++;
        }

        return (1 << levels) - 1;
    }

    private static EarthPoint Min(in EarthPoint a, in EarthPoint b) => new(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Min(a.Z, b.Z));

    private static EarthPoint Max(in EarthPoint a, in EarthPoint b) => new(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Max(a.Z, b.Z));

    private struct Search
    {
        public EarthPoint Point;
        public EarthPoint Nearest;
        public double Square;

        public void Try(in EarthPoint candidate)
        {
            var away = Point - candidate;
            var square = away.Dot(away);
            if (square < Square)
            {
                (Nearest, Square) = (candidate, square);
            }
        }
    }
}
