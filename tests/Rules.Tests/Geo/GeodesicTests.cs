using Fengsui.Rules.Geo;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Geo;

public sealed class GeodesicTests
{
    [Fact]
    public void Distances_are_those_of_the_reference_within_a_millimetre()
    {
        var rows = 0;
        foreach (var row in VectorFile.Rows("distances.csv"))
        {
            var numbers = Array.ConvertAll(row, VectorFile.Number);
            var metres = Geodesic.Distance(numbers[0], numbers[1], numbers[2], numbers[3]);
            // Vincenty's series end; near the far side of the Earth a sum of two halves is searched for.
            Assert.True(Math.Abs(metres - numbers[4]) <= 0.001, $"{string.Join(',', row)} but {metres:F4}");
            Assert.Equal(metres, Geodesic.Distance(numbers[2], numbers[3], numbers[0], numbers[1]), 1e-3);
            rows++;
        }

        Assert.Equal(296, rows);
    }

    [Fact]
    public void The_cheap_distance_is_within_a_thousandth_of_a_percent_up_to_100_km()
    {
        var near = 0;
        foreach (var row in VectorFile.Rows("distances.csv"))
        {
            var numbers = Array.ConvertAll(row, VectorFile.Number);
            if (numbers[4] < 100_000 && GeoPosition.TryCreate(numbers[0], numbers[1], out var from) && GeoPosition.TryCreate(numbers[2], numbers[3], out var to))
            {
                Assert.InRange(Geodesic.ShortDistance(from, to), (numbers[4] * 0.99998) - 0.02, (numbers[4] * 1.00001) + 0.02);
                near++;
            }
        }

        Assert.True(near > 50);
    }

    [Fact]
    public void A_point_on_the_ellipsoid_comes_back_as_its_degrees()
    {
        for (var latitude = -89.5; latitude < 90; latitude += 7.1)
        {
            for (var longitude = -179.5; longitude < 180; longitude += 13.7)
            {
                var (lat, lon) = EarthPoint.At(latitude, longitude).ToDegrees();
                Assert.Equal(latitude, lat, 1e-9);
                Assert.Equal(longitude, lon, 1e-9);
            }
        }
    }
}
