using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Geo;

public sealed class DeviationVectorTests
{
    /// <summary>What a nearest point in a straight line and not on the surface costs, relative.</summary>
    private const double Relative = 1e-4;

    [Fact]
    public void Distances_to_lines_are_those_of_the_reference()
    {
        var lines = VectorFile.Rows("lines.csv").GroupBy(row => row[0]).ToDictionary(line => line.Key, line => ShapeOf([.. line.Select(PositionOf)]));
        var (rows, worst) = (0, 0.0);
        foreach (var row in VectorFile.Rows("deviations.csv"))
        {
            var expected = VectorFile.Number(row[3]);
            var metres = lines[row[0]].Deviation(PositionOf(row));
            Assert.True(Math.Abs(metres - expected) <= 0.25 + (expected * Relative), $"{string.Join(',', row)} but {metres:F4}");
            worst = Math.Max(worst, expected < 20_000 ? Math.Abs(metres - expected) : 0);
            rows++;
        }

        Assert.Equal(320, rows);
        Assert.True(worst < 0.25, $"near lines the worst is {worst:F3} m");
    }

    [Fact]
    public void From_anywhere_on_Earth_the_distance_to_a_short_line_is_the_geodesic()
    {
        var start = new GeoPosition(310_000_000, 1_210_000_000);
        var shape = ShapeOf([start, start with { LatitudeE7 = start.LatitudeE7 + 100 }]);
        foreach (var row in VectorFile.Rows("distances.csv"))
        {
            Assert.True(GeoPosition.TryCreate(VectorFile.Number(row[2]), VectorFile.Number(row[3]), out var position));
            var expected = Geodesic.Distance(position, start);
            Assert.Equal(expected, shape.Deviation(position), 1.2 + (1e-6 * expected));
        }
    }

    private static GeoPosition PositionOf(string[] row)
    {
        Assert.True(GeoPosition.TryCreate(VectorFile.Number(row[1]), VectorFile.Number(row[2]), out var position));
        return position;
    }

    private static RouteShape ShapeOf(GeoPosition[] line)
    {
        var pieces = new List<LinePiece>();
        LineCutter.Cut(line, pieces);
        return new RouteShape(new PieceTree([.. pieces]), null, 0);
    }
}
