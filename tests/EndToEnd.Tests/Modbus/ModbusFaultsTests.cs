using System.Text.Json;
using Fengsui.Modbus;
using Fengsui.Modbus.Faults;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>Slaves behind one gateway that do everything wrong: no value of one is ever stored for another.</summary>
public sealed class ModbusFaultsTests(ITestOutputHelper output)
{
    private const int Units = 12;

    private static readonly FarmFault[] WireFaults =
    [
        FarmFault.Failure, FarmFault.Busy, FarmFault.Silent, FarmFault.Late, FarmFault.WrongTransaction, FarmFault.WrongUnit, FarmFault.WrongLength, FarmFault.Garbage, FarmFault.Cut, FarmFault.Dribble,
    ];

    [Theory]
    [InlineData(false, "max_in_flight: 4")]
    [InlineData(false, "transaction_ids: ignored")]
    [InlineData(true, "retries: 1")]
    public async Task Whatever_slaves_do_wrong_no_value_is_stored_for_another(bool serial, string option)
    {
        var seed = Seed.Take(output);
        await using var farm = new Farm(new FarmOptions
        {
            Port = 0,
            Units = Units,
            IsSerial = serial,
            Seed = (ulong)seed,
            Faults = WireFaults,
            FaultShare = 0.7,
            FaultEvery = TimeSpan.FromSeconds(3),
            FaultLength = TimeSpan.FromMilliseconds(600),
            Lateness = TimeSpan.FromMilliseconds(300),
        });
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = FarmSources.Files(farm, option, "timeout: 200ms", "backoff: 100ms", "max_backoff: 1s"),
        });
        await Eventually.TrueAsync("slaves have misbehaved in many ways", () => farm.Summary().Misbehaviours > 60 && farm.Summary().Seconds > 12, TimeSpan.FromSeconds(60));
        output.WriteLine(farm.Summary().ToString());
        var stored = 0;
        for (var unit = 1; unit <= Units; unit++)
        {
            stored += await CheckAsync(server, unit);
        }

        output.WriteLine($"{stored} good values of the numbers");
        Assert.True(stored > Units * 10);
        Assert.True((await server.Api.LedgerAsync()).Balanced);
        Assert.Equal(0, await server.TerminateAsync());
    }

    /// <summary>Every good number is the slave's own, and its clock never runs back: no answer was an old one.</summary>
    private static async Task<int> CheckAsync(FengsuiServer server, int unit)
    {
        var numbers = await GoodAsync(server, $"g0-{unit}", "number");
        Assert.All(numbers, number => Assert.Equal(unit - 1, number));
        var tenths = await GoodAsync(server, $"g0-{unit}", "tenths");
        Assert.Equal(tenths.Order(), tenths);
        return numbers.Count;
    }

    private static async Task<List<double>> GoodAsync(FengsuiServer server, string device, string metric)
    {
        var page = await server.Api.GetAsync($"/api/v1/devices/{device}/readings?metric={metric}&from=0&limit=100000");
        return [.. page.GetProperty("readings").EnumerateArray().Where(reading => reading.GetProperty("value").ValueKind == JsonValueKind.Number).Select(reading => reading.GetProperty("value").GetDouble())];
    }
}
