using System.Globalization;
using System.Text;
using System.Text.Json;
using Fengsui.Fleet;
using Fengsui.Fleet.Faults;
using Fengsui.Fleet.Payloads;

namespace Fengsui.Api.Tests.Fleets;

public sealed class PayloadTests
{
    private const long StartMs = 1_700_000_000_000;

    [Fact]
    public void Five_values_with_spaces_are_120_bytes()
    {
        var payload = Render(new FleetOptions { SpacedJson = true, StartMs = StartMs }, 0, 0);
        Assert.Equal(120, payload.Length);
    }

    [Theory]
    [InlineData(PayloadForm.Flat)]
    [InlineData(PayloadForm.Ts)]
    [InlineData(PayloadForm.Array)]
    [InlineData(PayloadForm.Gateway)]
    public void Every_payload_is_json_whatever_the_faults_but_garbage(PayloadForm form)
    {
        var options = new FleetOptions
        {
            Form = form,
            Devices = 37,
            Connections = 3,
            StartMs = StartMs,
            ValuesPerPoint = MetricModel.Vocabulary.Count,
            Faults = Faults(FaultKind.Heat, FaultKind.GasLeak, FaultKind.DropOut, FaultKind.Flapping, FaultKind.ClockSkew, FaultKind.Duplicate, FaultKind.Reorder),
        };
        for (var round = 0; round < 40; round++)
        {
            for (var place = 0; place < ConnectionPlan.For(options, 1).Places; place++)
            {
                var payload = Render(options, place, round, connection: 1);
                if (payload.Length > 0)
                {
                    using var json = JsonDocument.Parse(payload);
                }
            }
        }
    }

    [Fact]
    public void Garbage_is_never_json()
    {
        var options = new FleetOptions { Devices = 40, Connections = 1, StartMs = StartMs, Faults = Always(FaultKind.Garbage) };
        for (var place = 0; place < 40; place++)
        {
            var payload = Render(options, place, 0);
            Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(payload).Dispose());
        }
    }

    [Fact]
    public void A_gateway_message_holds_its_devices_with_their_times()
    {
        var options = new FleetOptions { Form = PayloadForm.Gateway, Devices = 7, Connections = 1, PointsPerMessage = 5, StartMs = StartMs };
        using var full = JsonDocument.Parse(Render(options, 0, 3));
        using var rest = JsonDocument.Parse(Render(options, 1, 3));
        Assert.Equal(["dev-00000", "dev-00001", "dev-00002", "dev-00003", "dev-00004"], full.RootElement.EnumerateObject().Select(device => device.Name));
        Assert.Equal(["dev-00005", "dev-00006"], rest.RootElement.EnumerateObject().Select(device => device.Name));
        Assert.Equal(StartMs + 300, full.RootElement.GetProperty("dev-00000")[0].GetProperty("ts").GetInt64());
    }

    [Fact]
    public void Demo_heat_passes_35_degrees_within_five_seconds_and_goes_back()
    {
        var options = FleetProfiles.Demo("127.0.0.1", 1883);
        Assert.Empty(options.Validate());
        double Temperature(int sample)
        {
            using var json = JsonDocument.Parse(Render(options, 0, sample));
            return json.RootElement.GetProperty("values").GetProperty("temperature").GetDouble();
        }

        Assert.True(Temperature(5) < 30);
        Assert.Contains(Enumerable.Range(0, 50), sample => Temperature(sample) > 35);
        Assert.All(Enumerable.Range(80, 50), sample => Assert.True(Temperature(sample) < 30));
    }

    [Fact]
    public void Fixed_decimals_keep_their_width_and_value()
    {
        Span<byte> text = stackalloc byte[FixedDecimal.Width];
        for (var value = -9_999; value <= 99_999; value++)
        {
            FixedDecimal.Write(ref text[0], value);
            Assert.Equal(value / 100m, decimal.Parse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture));
        }
    }

    private static byte[] Render(FleetOptions options, int place, int round, int connection = 0)
    {
        var clock = new SampleClock(options.DeviceCount, options.RateHz, options.StartMs ?? StartMs);
        var faults = new FaultPlan(options.Faults, options.DeviceCount, options.RateHz, options.Seed);
        var composer = new MessageComposer(options, new DeviceRoster(options), faults, clock);
        if (!composer.Locate(ConnectionPlan.For(options, connection), new MessageKey(place, round)))
        {
            return [];
        }

        var packet = new byte[composer.MaxMessageBytes];
        var length = composer.Write(packet, 1, isDuplicate: false);
        var header = (packet[1] & 0x80) == 0 ? 2 : 3;
        var topic = (packet[header] << 8) | packet[header + 1];
        return packet[(header + 2 + topic + 2)..length];
    }

    private static FaultOptions Faults(params FaultKind[] kinds) => new()
    {
        Kinds = kinds,
        Share = 0.9,
        Cycle = TimeSpan.FromSeconds(2),
        MinLength = TimeSpan.FromSeconds(1),
        MaxLength = TimeSpan.FromSeconds(2),
    };

    private static FaultOptions Always(FaultKind kind) => new()
    {
        Kinds = [kind],
        Share = 1,
        Cycle = TimeSpan.FromSeconds(10),
        MinLength = TimeSpan.FromSeconds(10),
        MaxLength = TimeSpan.FromSeconds(10),
    };
}
