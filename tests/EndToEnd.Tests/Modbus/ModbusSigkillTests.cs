using Fengsui.Modbus;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>
/// SIGKILL while slaves are polled. A slave waits for no acknowledgement: what counts is that everything that was committed, and so could be
/// seen by anybody, is there afterwards, and that polling goes on.
/// </summary>
public sealed class ModbusSigkillTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Ports = 5;
    private const int Units = 4;

    [Fact]
    public async Task Sigkill_loses_no_reading_that_was_committed_and_polling_goes_on()
    {
        var random = new Random(Seed.Take(output));
        await using var farm = new Farm(new FarmOptions { Port = 0, Ports = Ports, Units = Units });
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("devices.snapshot_interval=1s") with { Files = FarmSources.Files(farm, "max_in_flight: 2") });
        var seen = Devices().ToDictionary(device => device, _ => new List<(long TimeMs, double Value)>());
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await server.Api.MetricAsync("fengsui_source_readings_total", "modbus");
            await Eventually.TrueAsync("slaves are polled", async () => await server.Api.MetricAsync("fengsui_source_readings_total", "modbus") > before + 500);
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(300)));
            foreach (var device in Devices())
            {
                seen[device] = [.. await server.Api.ReadingsAsync(device, "tenths", 0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds())];
            }

            await server.KillAsync();
            await server.StartAsync();
            foreach (var device in Devices())
            {
                var stored = await server.Api.ReadingsAsync(device, "tenths", 0, DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());
                Assert.Equal(seen[device], stored.Take(seen[device].Count));
            }

            Assert.True((await server.Api.LedgerAsync()).Balanced);
        }

        output.WriteLine($"{seen.Values.Sum(readings => readings.Count)} readings of one metric survived the last kill; {farm.Summary()}");
        Assert.All(seen.Values, readings => Assert.True(readings.Count > Kills));
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static IEnumerable<string> Devices() =>
        Enumerable.Range(0, Ports).SelectMany(port => Enumerable.Range(1, Units).Select(unit => $"g{port}-{unit}"));
}
