using Fengsui.Vehicles;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>What terminals report reaches the rules: positions the routes, alarm bits and doors the conditions.</summary>
public sealed class VehicleAlertTests(ITestOutputHelper output)
{
    private const long FirstPhone = 13_900_000_000;

    /// <summary>The road that simulated vehicles drive when they are given none, as a corridor.</summary>
    private const string Corridor = """
        { "type": "Feature", "properties": { "id": "loop", "width_m": 80 }, "geometry": { "type": "LineString",
          "coordinates": [[121.6012, 30.8834], [121.6105, 30.8841], [121.6188, 30.8902], [121.6202, 30.8990], [121.6120, 30.9055], [121.6015, 30.9031]] } }
        """;

    private const string Astray = """
        { "type": "Feature", "properties": { "id": "astray" }, "geometry": { "type": "LineString", "coordinates": [[121.70, 30.95], [121.75, 30.97]] } }
        """;

    private const string Rules = """
        groups:
          - name: trucks
            rules:
              - { alert: OffCorridor, expr: 'deviation(position, "loop") > 50 m', for: 10s, tier: significant, annotations: { summary: off } }
              - { alert: Sos, expr: sos.alarm == true, tier: major, annotations: { summary: sos } }
              - { alert: Warm, expr: cargo.temperature > 0 °C, for: 3s, tier: general, annotations: { summary: warm } }
        """;

    [Fact]
    public async Task Leaving_the_corridor_an_emergency_and_warm_cargo_fire_for_the_right_vehicles()
    {
        using var scratch = new TestDirectory();
        var setup = ServerSetup.Default with { Files = new Dictionary<string, string> { ["rules/trucks.yaml"] = Rules, ["routes/loop.geojson"] = Corridor } };
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 3, setup);
        await File.WriteAllTextAsync(scratch["astray.geojson"], Astray);
        var startMs = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1_000) * 1_000;
        var onRoad = await new VehiclesRunner(Options(trucks, startMs, FirstPhone, 2, 0.5, null)).RunAsync();
        var off = await new VehiclesRunner(Options(trucks, startMs, FirstPhone + 2, 1, 0, scratch["astray.geojson"])).RunAsync();
        Assert.Equal((600, 300), (onRoad.Acked, off.Acked));
        Assert.Equal(0, await trucks.Server.TerminateAsync());

        var fired = AlertLogFile.ReadSorted(trucks.Server.DataDirectory).Where(step => step.State == "firing").ToList();
        output.WriteLine(string.Join('\n', fired));
        Assert.Equal(
            [$"trucks/OffCorridor vehicle-{FirstPhone + 2}", $"trucks/Sos vehicle-{FirstPhone}", $"trucks/Warm vehicle-{FirstPhone}"],
            fired.Select(step => $"{step.Rule} {step.Device}").Distinct().Order());
    }

    [Fact]
    public async Task The_shipped_rules_for_vehicles_apply_to_what_terminals_report()
    {
        const string Devices = """
            devices:
              - { id: vehicle-13900000000, type: vehicle, labels: { route: loop, road: other, cargo_max_temperature: "-5" } }
            """;
        using var scratch = new TestDirectory();
        var setup = ServerSetup.Default with { Files = new Dictionary<string, string> { ["devices/trucks.yaml"] = Devices, ["routes/loop.geojson"] = Corridor } };
        await using var trucks = await VehicleServer.StartAsync(output, FirstPhone, 1, setup);
        await File.WriteAllTextAsync(scratch["astray.geojson"], Astray);
        var startMs = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1_000) * 1_000;
        var summary = await new VehiclesRunner(Options(trucks, startMs, FirstPhone, 1, 1, scratch["astray.geojson"], speedKmh: 90)).RunAsync();
        Assert.Equal(300, summary.Acked);
        Assert.Equal(0, await trucks.Server.TerminateAsync());

        var fired = AlertLogFile.ReadSorted(trucks.Server.DataDirectory).Where(step => step.State == "firing").Select(step => step.Rule).ToHashSet();
        output.WriteLine(string.Join(' ', fired));
        Assert.Superset(new HashSet<string> { "vehicle/RouteDeviation", "vehicle/SpeedHighOtherRoad" }, fired);
        Assert.DoesNotContain("vehicle/SpeedDisagrees", fired);
    }

    /// <summary>Of 2019, which tells the cargo's temperature; the first half of the vehicles is faulty.</summary>
    private static VehiclesOptions Options(VehicleServer trucks, long startMs, long firstPhone, int vehicles, double faultShare, string? routes, double speedKmh = 60) => new()
    {
        Port = trucks.Port,
        Vehicles = vehicles,
        FirstPhone = firstPhone,
        Version = TerminalVersion.Jt2019,
        RateHz = 1,
        Unthrottled = true,
        Positions = 300,
        StartMs = startMs,
        FaultShare = faultShare,
        SpeedKmh = speedKmh,
        RoutesPath = routes,
    };
}
