using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertJsonTests
{
    [Theory]
    [InlineData(31.2304, 121.4737)]
    [InlineData(-90, -180)]
    [InlineData(0, 0)]
    [InlineData(-0.0000001, 179.9999999)]
    public void A_position_is_written_in_degrees_and_read_back_to_the_bit(double latitude, double longitude)
    {
        Assert.True(GeoPosition.TryCreate(latitude, longitude, out var place));
        var json = AlertJson.ToBytes(AlertSamples.At(1) with { Values = [KeyValuePair.Create("truck.position", place.Pack()), KeyValuePair.Create("speed", 12.5), KeyValuePair.Create("co", double.NaN)] });

        Assert.Contains("\"truck.position\":{\"lat\":", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        var read = Assert.IsType<AlertTransition>(AlertJson.Read(json)).Values;
        Assert.Equal(BitConverter.DoubleToInt64Bits(place.Pack()), BitConverter.DoubleToInt64Bits(read[0].Value));
        Assert.Equal((12.5, double.NaN), (read[1].Value, read[2].Value));
    }
}
