using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

public sealed class LaneTests : IDisposable
{
    private static readonly InfluxTargetOptions Target = new()
    {
        Name = "t",
        Url = new Uri("http://127.0.0.1"),
        Generation = InfluxGeneration.V1,
        BatchLines = 2,
        InFlight = 2,
    };

    private readonly MetricTable _metrics = new();
    private readonly Lanes _lanes;

    public LaneTests() => _lanes = new Lanes(Target, new SizeLimit(1 << 20), TimeProvider.System, new LineWriter(Target.Mapping, _metrics, (_, _, _, _) => { }), 10);

    [Fact]
    public async Task What_is_committed_has_no_hole_whichever_lane_is_done_first()
    {
        Take(device: 0, 20);
        Take(device: 1, 30);
        Take(device: 0, 40);
        Take(device: 1, 50);
        _lanes.ReadTo(60);
        Assert.Equal(19, _lanes.Committed);
        await _lanes.All[1].NextAsync(default);
        _lanes.All[1].Done();
        Assert.Equal(19, _lanes.Committed);
        var batch = await _lanes.All[0].NextAsync(default);
        Assert.Equal((2, 20, 40), (batch.Lines, batch.PositionOf(0), batch.PositionOf(1)));
        _lanes.All[0].Done();
        Assert.Equal(60, _lanes.Committed);
        Assert.True(_lanes.IsEmpty);
    }

    [Fact]
    public async Task A_lane_that_is_not_emptied_stops_the_reader_after_a_few_batches()
    {
        for (var position = 20; !_lanes.All[0].IsFull; position++)
        {
            Take(device: 0, position);
            Assert.True(position < 40, "the lane takes without bound");
        }

        var room = _lanes.WaitForRoomAsync(default);
        Assert.False(room.IsCompleted);
        await _lanes.All[0].NextAsync(default);
        _lanes.All[0].Done();
        await room.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_device_stays_in_its_lane()
    {
        for (var position = 20; position < 24; position++)
        {
            Take(device: 3, position);
        }

        Assert.Null(_lanes.All[0].Oldest);
        var batch = await _lanes.All[1].NextAsync(default);
        Assert.All(Enumerable.Range(0, batch.Lines), line => Assert.Contains("device=d3", Encoding.UTF8.GetString(batch.Line(line).Span), StringComparison.Ordinal));
    }

    public void Dispose() => _lanes.Dispose();

    private void Take(int device, long position) => _lanes.Take(new AppliedRow
    {
        Position = position,
        Index = 0,
        Device = new Device(device, $"d{device}", DeviceFacts.Default),
        Shape = new Shape(0, [_metrics.Declare("temperature")]),
        TimeMs = position,
        ReceiveMs = position,
        Values = (double[])[1],
        Qualities = [],
    });
}
