using System.Globalization;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>Slaves that are not ours: pymodbus, polled by the server; what is stored is compared with what they hold.</summary>
public sealed class PymodbusTests(ITestOutputHelper output)
{
    private const string Map = """
        modbus:
          maps:
            - name: everything
              every: 100ms
              points:
                - { metric: u16, address: 0 }
                - { metric: i16, address: 1, type: int16, order: BADC }
                - { metric: u32, address: 2, type: uint32 }
                - { metric: i32, address: 4, type: int32, order: CDAB }
                - { metric: i64, address: 6, type: int64 }
                - { metric: u64, address: 10, type: uint64, order: DCBA }
                - { metric: f32, address: 14, type: float32, order: BADC }
                - { metric: f32b, address: 16, type: float32, order: CDAB }
                - { metric: f64, address: 18, type: float64, order: CDAB }
                - { metric: flag, address: 22, bit: 2 }
                - { metric: mode, address: 22, bits: 4-7 }
                - { metric: lonely, address: 31 }
                - { metric: nothing, address: 30 }
                - { metric: temperature, function: input, address: 1, type: int16, scale: 0.1, unit: °F }
                - { metric: humidity, function: input, address: 0, type: int16, invalid: 0x8000 }
                - { metric: coil2, function: coil, address: 2 }
                - { metric: inlet3, function: discrete, address: 3, dead_band: 0 }
        """;

    [TheoryIfPython("import pymodbus.server", "python3-pymodbus")]
    [InlineData("tcp", "max_in_flight: 4")]
    [InlineData("tcp", "transaction_ids: ignored")]
    [InlineData("rtu", "retries: 2")]
    public async Task Values_of_every_type_and_order_are_stored_as_pymodbus_holds_them(string framing, string option)
    {
        var port = LoopbackPorts.Take();
        using var slaves = Slaves(Text(port), framing);
        await using var server = await ServerAsync($"{{ host: 127.0.0.1, port: {port}, framing: {framing}", option);
        await CheckAsync(server);
    }

    [TheoryIfPython("import pymodbus.server, serial_asyncio", "python3-pymodbus or python3-serial-asyncio")]
    [InlineData("even")]
    [InlineData("none")]
    public async Task Values_of_slaves_on_a_serial_line_are_stored_as_pymodbus_holds_them(string parity)
    {
        using var directory = new TestDirectory();
        using var slaves = Slaves(directory["line"], "serial");
        await using var server = await ServerAsync($"{{ serial: {{ path: {directory["line"]}, parity: {parity} }}", "backoff: 200ms");
        await CheckAsync(server);
    }

    private static async Task CheckAsync(FengsuiServer server)
    {
        for (var unit = 1; unit <= 3; unit++)
        {
            var device = $"plant-{unit}";
            await Eventually.TrueAsync($"{device} has all its values", async () => Good(await LatestAsync(server, device)).Count == 15);
            foreach (var (metric, value) in Expected(unit))
            {
                var stored = await server.Api.ReadingsAsync(device, metric, 0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());
                Assert.All(stored, reading => Assert.True(Math.Abs(reading.Value - value) < 1e-9, $"{device} {metric} is {reading.Value}, not {value}"));
                Assert.NotEmpty(stored);
            }

            var latest = await LatestAsync(server, device);
            Assert.Equal("bad", latest.GetProperty("nothing").GetProperty("quality").GetString());
            Assert.Equal("bad", latest.GetProperty("humidity").GetProperty("quality").GetString());
        }

        Assert.True((await server.Api.LedgerAsync()).Balanced);
        Assert.Equal(0, await server.TerminateAsync());
    }

    [TheoryIfPython("import pymodbus.server, serial_asyncio", "python3-pymodbus or python3-serial-asyncio")]
    [InlineData("tcp")]
    [InlineData("rtu")]
    [InlineData("serial")]
    public async Task Values_are_bad_while_pymodbus_is_gone_and_good_when_it_is_back(string framing)
    {
        using var directory = new TestDirectory();
        var port = Text(LoopbackPorts.Take());
        var (place, peer) = framing == "serial"
            ? (directory["line"], $"{{ serial: {{ path: {directory["line"]} }}")
            : (port, $"{{ host: 127.0.0.1, port: {port}, framing: {framing}");
        await using var server = await ServerAsync(peer, "timeout: 500ms", "backoff: 200ms", "max_backoff: 500ms");
        using (var first = Slaves(place, framing))
        {
            await QualityAsync(server, "good");
            var goneMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            first.Kill();
            await QualityAsync(server, "bad");
            await AssertNoneAfterTheFirstBadAsync(server, goneMs);
        }

        using var second = Slaves(place, framing);
        await QualityAsync(server, "good");
        Assert.Equal(1, (await server.Api.GetAsync("/api/v1/sources")).GetProperty("items")[0].GetProperty("connected").GetInt32());
    }

    /// <summary>Answers may have come until the slaves were gone; nothing is good after that.</summary>
    private static async Task AssertNoneAfterTheFirstBadAsync(FengsuiServer server, long goneMs)
    {
        var page = await server.Api.GetAsync(FormattableString.Invariant($"/api/v1/devices/plant-2/readings?metric=u16&from={goneMs}&limit=1000"));
        var isGood = page.GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("value").ValueKind == JsonValueKind.Number).ToList();
        Assert.Contains(false, isGood);
        Assert.Equal(-1, isGood.IndexOf(true, isGood.IndexOf(false)));
    }

    private static async Task QualityAsync(FengsuiServer server, string quality) =>
        await Eventually.TrueAsync($"every unit's u16 is {quality}", async () =>
        {
            var qualities = new List<string?>();
            for (var unit = 1; unit <= 3; unit++)
            {
                qualities.Add(Of(await LatestAsync(server, $"plant-{unit}"), "u16"));
            }

            return qualities.TrueForAll(one => one == quality);
        });

    /// <param name="peer">The first keys of the source, its brace left open.</param>
    /// <param name="options">Further ones.</param>
    private Task<FengsuiServer> ServerAsync(string peer, params string[] options) =>
        FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["sources/plant.yaml"] = $"{Map}\n  sources:\n    - {string.Join(", ", [peer, "name: plant", .. options])}, units: [{{ unit: 1-3, map: everything }}] }}\n",
            },
        });

    private static BackgroundCommand Slaves(string place, string framing) =>
        new(TheoryIfPythonAttribute.Python, Path.Combine(AppContext.BaseDirectory, "Modbus", "pymodbus_slaves.py"), place, framing);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static async Task<JsonElement> LatestAsync(FengsuiServer server, string device)
    {
        var (status, body) = await server.Api.TryGetAsync("/api/v1/devices/" + device);
        return status == System.Net.HttpStatusCode.OK ? JsonDocument.Parse(body).RootElement.GetProperty("latest") : JsonDocument.Parse("{}").RootElement;
    }

    private static string? Of(JsonElement latest, string metric) =>
        latest.TryGetProperty(metric, out var reading) ? reading.GetProperty("quality").GetString() : null;

    private static List<string> Good(JsonElement latest) =>
        [.. latest.EnumerateObject().Where(metric => metric.Value.GetProperty("quality").GetString() == "good").Select(metric => metric.Name)];

    private static Dictionary<string, double> Expected(int unit) => new()
    {
        ["u16"] = 1000 + unit,
        ["i16"] = -1000 - unit,
        ["u32"] = 3_000_000_000 + unit,
        ["i32"] = -2_000_000_000 + unit,
        ["i64"] = -900_719_925_474_000 + unit,
        ["u64"] = 900_719_925_474_000 + unit,
        ["f32"] = 21.5 + unit,
        ["f32b"] = -7.25 - unit,
        ["f64"] = 3.141592653589793 * unit,
        ["flag"] = 1,
        ["mode"] = unit,
        ["lonely"] = 4000 + unit,
        ["temperature"] = ((214 + (unit / 10.0)) - 32) * 5 / 9,
        ["coil2"] = unit == 2 ? 1 : 0,
        ["inlet3"] = 1,
    };
}
