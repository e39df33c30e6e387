using System.Globalization;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>A slave made with libmodbus, polled by the server: the longest requests, and an end of the table in the midst of one.</summary>
public sealed class LibmodbusTests(ITestOutputHelper output)
{
    private const int Registers = 200;

    [TheoryIfPython("import ctypes; ctypes.CDLL('libmodbus.so.5')", "libmodbus5")]
    [InlineData(125, 1)]
    [InlineData(16, 8)]
    public async Task Values_are_stored_as_libmodbus_holds_them(int maxRegisters, int inFlight)
    {
        var port = LoopbackPorts.Take();
        using var slave = new BackgroundCommand(
            TheoryIfPythonAttribute.Python, Path.Combine(AppContext.BaseDirectory, "Modbus", "libmodbus_slave.py"), port.ToString(CultureInfo.InvariantCulture));
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["sources/libmodbus.yaml"] = Configuration(port, maxRegisters, inFlight),
            },
        });
        await Eventually.TrueAsync("the first and the last register are known", async () =>
            await HasAsync(server, "h0") && await HasAsync(server, "h199") && await HasAsync(server, "i9") && await HasAsync(server, "d3"));
        var latest = (await server.Api.GetAsync("/api/v1/devices/lib")).GetProperty("latest");
        for (var address = 0; address < Registers; address++)
        {
            Assert.Equal(1_000 + address, latest.GetProperty($"h{address}").GetProperty("value").GetDouble());
        }

        Assert.Equal(63, latest.GetProperty("i9").GetProperty("value").GetDouble());
        Assert.Equal(1, latest.GetProperty("d3").GetProperty("value").GetDouble());
        Assert.Equal("bad", latest.GetProperty("h200").GetProperty("quality").GetString());
    }

    private static string Configuration(int port, int maxRegisters, int inFlight)
    {
        var points = Enumerable.Range(0, Registers + 1).Select(address => $"{{ metric: h{address}, address: {address} }}")
            .Append("{ metric: i9, function: input, address: 9 }")
            .Append("{ metric: d3, function: discrete, address: 3 }");
        return $$"""
            modbus:
              maps:
                - { name: table, every: 200ms, max_registers: {{maxRegisters}}, points: [{{string.Join(", ", points)}}] }
              sources:
                - { name: lib, host: 127.0.0.1, port: {{port}}, max_in_flight: {{inFlight}}, units: [{ unit: 1, map: table, device: lib }] }
            """;
    }

    private static async Task<bool> HasAsync(FengsuiServer server, string metric)
    {
        var (status, body) = await server.Api.TryGetAsync("/api/v1/devices/lib");
        return status == System.Net.HttpStatusCode.OK
            && System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("latest").TryGetProperty(metric, out var reading)
            && reading.GetProperty("quality").GetString() == "good";
    }
}
