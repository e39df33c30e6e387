using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

public sealed class LineWriterTests
{
    private static readonly Device Device = new(3, "gas-1", new DeviceFacts("gas", "hall 1", [new("wing", "west")]));
    private readonly MetricTable _metrics = new();
    private readonly LineBatch _batch = new(64, 1);
    private readonly List<string> _aside = [];

    [Fact]
    public void A_row_is_a_line_with_its_tags_in_order()
    {
        Assert.Equal("telemetry,device=gas-1,type=gas,zone=hall\\ 1 co=12.5,t=-0 1700000000123\n", Write(new(), ("co", 12.5), ("t", -0.0)));
    }

    [Fact]
    public void Tall_lines_have_one_value_each()
    {
        var mapping = new LineMapping { Layout = LineLayout.Tall, Measurement = "{metric}", Tags = [new("id", TagSource.Device), new("m", TagSource.Metric)] };
        Assert.Equal("co,id=gas-1,m=co value=1 1700000000123\nt,id=gas-1,m=t value=2 1700000000123\n", Write(mapping, ("co", 1), ("t", 2)));
    }

    [Fact]
    public void Tags_come_from_labels_and_constants_and_empty_ones_are_left_out()
    {
        var mapping = new LineMapping
        {
            Measurement = "{type}/{zone}",
            Tags = [new("site", TagSource.Constant, "plant 7"), new("wing", TagSource.Label, "wing"), new("floor", TagSource.Label, "floor")],
        };
        Assert.Equal("gas/hall\\ 1,site=plant\\ 7,wing=west t=1 1700000000123\n", Write(mapping, ("t", 1)));
    }

    [Fact]
    public void Fields_are_renamed_ignored_and_typed()
    {
        var mapping = new LineMapping
        {
            Tags = [],
            Fields = new Dictionary<string, string> { ["t"] = "temperature" },
            Ignore = ["debug_*"],
            Integers = ["n"],
            Booleans = ["is_*"],
        };
        Assert.Equal(
            "telemetry temperature=1.5,n=9007199254740993i,is_open=true,is_shut=false 1700000000123\n".Replace("93i", "92i", StringComparison.Ordinal),
            Write(mapping, ("t", 1.5), ("debug_x", 1), ("n", 9007199254740993), ("is_open", 1), ("is_shut", 0)));
    }

    [Fact]
    public void A_value_that_does_not_fit_its_type_is_kept_aside_and_the_others_are_written()
    {
        var mapping = new LineMapping { Tags = [], Integers = ["n"], Booleans = ["b"] };
        Assert.Equal("telemetry t=1 1700000000123\n", Write(mapping, ("n", 1.5), ("t", 1), ("b", 2)));
        Assert.Equal(
            ["7/2 the mapping says that n is a whole number: telemetry n=1.5 1700000000123", "7/2 the mapping says that b is 0 or 1: telemetry b=2 1700000000123"],
            _aside);
    }

    [Fact]
    public void Positions_are_two_fields()
    {
        Assert.True(GeoPosition.TryCreate(31.2304, 121.4737, out var position));
        Assert.Equal("telemetry position_lat=31.2304,position_lon=121.4737 1700000000123\n", Write(new LineMapping { Tags = [] }, ("position", position.Pack())));
    }

    [Fact]
    public void A_position_is_judged_by_its_quality_and_not_by_its_bits()
    {
        Assert.True(GeoPosition.TryCreate(-0.05, 121.4737, out var position));
        Assert.True(double.IsNaN(position.Pack()), "another position would prove nothing");
        var writer = Writer(new LineMapping { Tags = [], Quality = QualityField.Write });
        writer.Write(Row([("position", position.Pack())], []), _batch);
        writer.Write(Row([("position", double.NaN)], [Quality.Bad]), _batch);
        Assert.Equal("telemetry position_lat=-0.05,position_lon=121.4737 1700000000123\ntelemetry position_quality=\"bad\" 1700000000123\n", Text());
    }

    [Theory]
    [InlineData(TimePrecision.Seconds, "1700000000")]
    [InlineData(TimePrecision.Microseconds, "1700000000123000")]
    [InlineData(TimePrecision.Nanoseconds, "1700000000123000000")]
    public void Times_have_the_precision_that_the_server_is_told(TimePrecision precision, string time) =>
        Assert.Equal($"telemetry t=1 {time}\n", Write(new LineMapping { Tags = [], Precision = precision }, ("t", 1)));

    [Fact]
    public void Bad_readings_are_left_out_and_a_row_of_nothing_else_is_no_line()
    {
        var writer = Writer(new LineMapping { Tags = [] });
        writer.Write(Row([("t", double.NaN), ("u", 2)], [Quality.Bad, Quality.Bad]), _batch);
        writer.Write(Row([("t", double.PositiveInfinity)], []), _batch);
        Assert.Equal((0, 0, 3), (_batch.Lines, _batch.Bytes, writer.LeftOut));
    }

    [Fact]
    public void Quality_is_written_where_the_mapping_wants_it()
    {
        var writer = Writer(new LineMapping { Tags = [], Quality = QualityField.Write });
        writer.Write(Row([("t", double.NaN), ("u", 2), ("v", 3)], [Quality.Bad, Quality.Uncertain, Quality.Good]), _batch);
        Assert.Equal("telemetry t_quality=\"bad\",u=2,u_quality=\"uncertain\",v=3 1700000000123\n", Text());
    }

    [Fact]
    public void Changed_facts_change_the_tags()
    {
        var device = new Device(1, "d", new DeviceFacts("a", "z", []));
        var writer = Writer(new LineMapping { Measurement = "m", Tags = [new("type", TagSource.Type)] });
        writer.Write(Row([("t", 1)], [], device), _batch);
        device.Facts = new DeviceFacts("b", "z", []);
        writer.Write(Row([("t", 2)], [], device), _batch);
        Assert.Equal("m,type=a t=1 1700000000123\nm,type=b t=2 1700000000123\n", Text());
    }

    [Fact]
    public void Numbers_read_back_as_they_were()
    {
        double[] numbers = [0.1, 1.0 / 3, double.MaxValue, double.Epsilon, 1e21, 1e-7, 123456789012345680, -0.0];
        foreach (var number in numbers)
        {
            _batch.Clear();
            var text = Write(new LineMapping { Tags = [] }, ("t", number));
            var read = double.Parse(text.Split('=', ' ')[2], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(read));
        }
    }

    [Theory]
    [InlineData(LineLayout.Wide)]
    [InlineData(LineLayout.Tall)]
    public void Nothing_is_allocated_for_a_row_of_a_series_that_is_known(LineLayout layout)
    {
        var batch = new LineBatch(1 << 20, 10_000);
        var writer = Writer(new LineMapping { Layout = layout });
        var shape = Row([("a", 1), ("b", 2), ("c", 3)], []).Shape;
        double[] values = [21.4, 0.125, 36.6];
        Assert.Equal(0, Allocation.LeastOf(() =>
        {
            batch.Clear();
            for (var i = 0; i < 1_000; i++)
            {
                writer.Write(new AppliedRow { Position = i, Index = 0, Device = Device, Shape = shape, TimeMs = i, ReceiveMs = i, Values = values, Qualities = [] }, batch);
            }
        }));
        Assert.Equal(layout == LineLayout.Tall ? 3_000 : 1_000, batch.Lines);
    }

    private string Write(LineMapping mapping, params (string Metric, double Value)[] readings)
    {
        Writer(mapping).Write(Row(readings, []), _batch);
        return Text();
    }

    private LineWriter Writer(LineMapping mapping) =>
        new(mapping, _metrics, (position, index, reason, line) => _aside.Add($"{position}/{index} {reason}: {Encoding.UTF8.GetString(line)}"));

    private AppliedRow Row((string Metric, double Value)[] readings, Quality[] qualities, Device? device = null) => new()
    {
        Position = 7,
        Index = 2,
        Device = device ?? Device,
        Shape = new Shape(0, [.. readings.Select(reading => _metrics.Declare(reading.Metric))]),
        TimeMs = 1_700_000_000_123,
        ReceiveMs = 1_700_000_000_456,
        Values = Array.ConvertAll(readings, reading => reading.Value),
        Qualities = qualities,
    };

    private string Text() => Encoding.UTF8.GetString(_batch.Range(0, _batch.Lines).Span);
}
