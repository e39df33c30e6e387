using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Fengsui.Rules.Tests.Geo;

/// <summary>Each case is a seed: FsCheck prints the one that fails, and the case is <c>Random</c> with it.</summary>
public sealed class ShapeProperties
{
    [Fact]
    public void The_tree_finds_what_looking_at_every_piece_finds() => ForAllSeeds(200, seed =>
    {
        var random = new Random(seed);
        var line = Walk(random, random.Next(2, 300));
        var pieces = new List<LinePiece>();
        LineCutter.Cut(line, pieces);
        var tree = new PieceTree([.. pieces]);
        for (var i = 0; i < 30; i++)
        {
            var point = EarthPoint.At(Near(random, line[random.Next(line.Length)], i % 3 == 0 ? 20 : 0.1));
            var least = pieces.Min(piece => (point - piece.NearestTo(point)) is var away ? Math.Sqrt(away.Dot(away)) : 0);
            tree.NearestTo(point, out var found);
            Assert.Equal(least, found, 1e-9 * least);
        }
    });

    [Fact]
    public void The_nearest_point_is_nearer_than_a_walk_along_the_line_in_steps() => ForAllSeeds(40, seed =>
    {
        var random = new Random(seed);
        var line = Walk(random, random.Next(2, 12));
        var pieces = new List<LinePiece>();
        LineCutter.Cut(line, pieces);
        var shape = new RouteShape(new PieceTree([.. pieces]), null, 0);
        for (var i = 0; i < 10; i++)
        {
            var position = Near(random, line[random.Next(line.Length)], i % 3 == 0 ? 3 : 0.05);
            var (least, step) = WalkAlong(line, position);
            var metres = shape.Deviation(position);
            // The walk passes the nearest point by at most half a step.
            Assert.InRange(metres, least - (step / 2) - 0.1 - (1e-6 * least), least + 0.1 + (1e-6 * least));
        }
    });

    [Fact]
    public void Inside_is_what_counting_crossings_of_every_edge_says() => ForAllSeeds(300, seed =>
    {
        var random = new Random(seed);
        // A coarse grid, so that positions fall on vertices and edges, and edges lie along parallels.
        var ring = Enumerable.Range(0, random.Next(3, 60)).Select(_ => new GeoPosition(random.Next(-9, 10) * 1000, random.Next(-9, 10) * 1000)).ToList();
        ring.Add(ring[0]);
        var edges = ring.Zip(ring.Skip(1), (start, end) => new RingEdge(start, end)).ToArray();
        var tree = new RingTree(edges);
        for (var i = 0; i < 60; i++)
        {
            var position = new GeoPosition(random.Next(-10, 11) * (i % 2 == 0 ? 1000 : 500), random.Next(-10, 11) * (i % 2 == 0 ? 1000 : 500));
            Assert.True(IsInside(edges, position) == tree.Contains(position), $"{position} in {string.Join(' ', ring)}");
        }
    });

    /// <summary>In exact fractions, by where each edge meets the parallel of the position.</summary>
    private static bool IsInside(RingEdge[] edges, GeoPosition position)
    {
        var crossings = 0;
        foreach (var (start, end) in edges)
        {
            var (low, high) = start.LatitudeE7 <= end.LatitudeE7 ? (start, end) : (end, start);
            decimal height = high.LatitudeE7 - low.LatitudeE7;
            if (height == 0)
            {
                var (west, east) = (Math.Min(low.LongitudeE7, high.LongitudeE7), Math.Max(low.LongitudeE7, high.LongitudeE7));
                if (position.LatitudeE7 == low.LatitudeE7 && position.LongitudeE7 >= west && position.LongitudeE7 <= east)
                {
                    return true;
                }

                continue;
            }

            if (position.LatitudeE7 < low.LatitudeE7 || position.LatitudeE7 > high.LatitudeE7)
            {
                continue;
            }

            // Both sides times the height, so that nothing is rounded.
            var at = (low.LongitudeE7 * height) + ((decimal)(high.LongitudeE7 - low.LongitudeE7) * (position.LatitudeE7 - low.LatitudeE7));
            if (at == position.LongitudeE7 * height)
            {
                return true;
            }

            crossings += position.LatitudeE7 < high.LatitudeE7 && at > position.LongitudeE7 * height ? 1 : 0;
        }

        return crossings % 2 == 1;
    }

    private static (double Least, double Step) WalkAlong(GeoPosition[] line, GeoPosition position)
    {
        const int Steps = 400;
        var (least, longest) = (double.PositiveInfinity, 0.0);
        for (var i = 1; i < line.Length; i++)
        {
            longest = Math.Max(longest, Geodesic.Distance(line[i - 1], line[i]) * 1.01 / Steps);
            for (var step = 0; step <= Steps; step++)
            {
                var share = (double)step / Steps;
                var latitude = line[i - 1].Latitude + ((line[i].Latitude - line[i - 1].Latitude) * share);
                var longitude = line[i - 1].Longitude + ((line[i].Longitude - line[i - 1].Longitude) * share);
                least = Math.Min(least, Geodesic.Distance(position.Latitude, position.Longitude, latitude, longitude));
            }
        }

        return (least, longest);
    }

    private static GeoPosition[] Walk(Random random, int vertices)
    {
        var reach = Math.Pow(10, (random.NextDouble() * 3) - 3.3);
        var line = new List<GeoPosition> { At((random.NextDouble() * 120) - 60, (random.NextDouble() * 300) - 150) };
        while (line.Count < vertices)
        {
            line.Add(Near(random, line[^1], reach));
        }

        return [.. line];
    }

    private static GeoPosition Near(Random random, GeoPosition position, double reach) =>
        At(position.Latitude + ((random.NextDouble() - 0.5) * reach), position.Longitude + ((random.NextDouble() - 0.5) * reach));

    private static GeoPosition At(double latitude, double longitude)
    {
        Assert.True(GeoPosition.TryCreate(Math.Clamp(latitude, -85, 85), Math.Clamp(longitude, -180, 180), out var position));
        return position;
    }

    private static void ForAllSeeds(int cases, Action<int> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithStartSize(0).WithEndSize(int.MaxValue / 2), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
