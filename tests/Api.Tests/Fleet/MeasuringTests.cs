using Fengsui.Fleet;
using Fengsui.Fleet.Measuring;
using Fengsui.Fleet.Payloads;
using Fengsui.Fleet.Transport;

namespace Fengsui.Api.Tests.Fleets;

public sealed class MeasuringTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentiles_are_within_two_percent_of_the_sorted_truth(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 18)).Order().ToArray();
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        foreach (var percent in new[] { 1.0, 50, 90, 99, 99.9, 100 })
        {
            var truth = values[(int)Math.Ceiling(values.Length * percent / 100) - 1];
            Assert.InRange(histogram.Percentile(percent), truth, (truth * 1.02) + 1);
        }

        Assert.Equal(values[^1], histogram.MaxMicroseconds);
    }

    [Fact]
    public void A_difference_of_histograms_holds_what_came_since()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(10);
        var earlier = new LatencyHistogram();
        earlier.Add(histogram);
        histogram.Record(500);
        var recent = new LatencyHistogram();
        recent.Add(histogram);
        recent.Subtract(earlier);
        Assert.Equal(1, recent.Count);
        Assert.InRange(recent.Percentile(50), 500, 510);
    }

    [Fact]
    public void The_window_finds_acknowledgements_in_any_order_past_the_turn_of_packet_ids()
    {
        var random = new Random(5);
        var window = new InFlightWindow(20);
        var open = new List<long>();
        for (var i = 0; i < 200_000; i++)
        {
            if (window.Room > 0 && (open.Count == 0 || random.Next(2) == 0))
            {
                open.Add(window.Add(new MessageKey(i, 0), i));
                continue;
            }

            var at = random.Next(open.Count);
            var number = open[at];
            open.RemoveAt(at);
            Assert.Equal(number, window.Find(InFlightWindow.PacketId(number)));
            window.Free(number);
            Assert.Equal(-1, window.Find(InFlightWindow.PacketId(number)));
            Assert.Equal(open.Count, window.Count);
        }
    }

    [Fact]
    public void All_mistakes_of_options_are_told_at_once()
    {
        var options = new FleetOptions { Port = 0, Devices = 1, Connections = 2, Qos = 3, StartMs = 5 };
        Assert.Equal(4, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new FleetRunner(options));
        Assert.Empty(new FleetOptions().Validate());
    }
}
