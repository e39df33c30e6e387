using Fengsui.Scenarios;
using Fengsui.Scenarios.Live;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Reading;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>A scenario played to a real server over all its wires: JSON and adverts over MQTT, a terminal over TCP, people over the API, alerts from the stream.</summary>
public sealed class LiveScenarioTests(ITestOutputHelper output)
{
    private const string Text = """
        scenario: all-wires
        summary: Gas, a lock, somebody inside and a truck, within ten seconds
        lasts: 10s
        zones: [{ id: aw-hall }, { id: aw-tank, labels: { regime: gb-30871 } }]
        routes: [{ id: aw-road, points: ["30.88 121.10", "30.89 121.60"] }]
        devices:
          - id: aw-gas
            type: gas-detector
            zone: aw-hall
            sends: { gateway: aw-gateway, every: 500ms }
            values: { lel: { is: 1, resolution: 0.1 }, seq: counter }
          - id: aw-lock
            type: smart-lock
            zone: aw-hall
            sends: { by: ble, address: "C0:FF:EE:00:00:77", gateway: [aw-ble-1, aw-ble-2], every: 2s }
            values: { lock: 0, door: 0, battery: 90 }
          - id: aw-air
            type: confined-space-sensor
            zone: aw-tank
            sends: { gateway: aw-gateway, every: 1s }
            values: { o2: 20.8, lel: 0 }
          - { id: aw-truck, type: vehicle, zone: aw-hall, labels: { route: aw-road }, drives: aw-road, sends: { by: jt808, address: "13900000877", every: 1s }, values: { speed: 50 } }
        timeline:
          - { at: 1s, ramp: { of: aw-gas, metric: lel, by: 40 } }
          - { at: 1s, state: { of: aw-lock, metric: lock, to: true } }
          - { at: 1s, gas_test: { zone: aw-tank, id: AW-T, person: aw-tester } }
          - { at: 1s, permit: { zone: aw-tank, id: AW-P, persons: [aw-worker], until: 1h } }
          - { at: 2s, unlock: { zone: aw-hall, person: aw-keeper, device: aw-lock } }
          - { at: 2s, enter: { zone: aw-tank, person: aw-worker } }
          - { at: 3s, revoke: { zone: aw-tank, id: AW-P } }
          - { at: 5s, leave: { person: aw-worker } }
          - { at: 4s, kept: { of: aw-truck, lasts: 3s } }
        """;

    private static readonly string[] Expected =
        ["confined-space-gb-30871/StillInside aw-tank", "gas-detection/CombustibleGas aw-gas", "lock-permit/OpenWithoutPermit aw-lock"];

    [Fact]
    public async Task Everything_is_taken_and_its_alerts_come_back()
    {
        var scenario = ScenarioReader.Read("all-wires.yaml", Text, out var mistakes);
        Assert.Empty(mistakes);
        await using var server = await FengsuiServer.StartAsync(output);
        var options = new LiveOptions
        {
            Http = server.Api.Http.BaseAddress!,
            MqttHost = "127.0.0.1",
            MqttPort = server.MqttPort,
            VehiclePort = LoopbackPorts.Take(),
            Grace = TimeSpan.FromSeconds(10),
        };

        await using (var early = new LiveRun(NewRun(scenario!), options))
        {
            Assert.Contains("it does not know the device aw-gas", await early.ObjectionsAsync(CancellationToken.None));
        }

        NewRun(scenario!).Config(options.VehiclePort).WriteTo(server.ConfigDirectory);
        await using var live = new LiveRun(NewRun(scenario!), options);
        await Eventually.TrueAsync("the server has taken over devices and sources", async () =>
            (await live.ObjectionsAsync(CancellationToken.None)).Count == 0
            && (await server.Api.ListAsync("/api/v1/sources/connections")).Count(one => one.GetProperty("state").GetString() == "connected") >= 2);

        await using var played = new LiveRun(NewRun(scenario!), options);
        var outcome = await played.PlayAsync(CancellationToken.None);

        Assert.Empty(outcome.Refused);
        Assert.Superset(Expected.ToHashSet(), outcome.Steps.Where(step => step.IsActive).Select(step => $"{step.Rule} {step.Subject}").ToHashSet());
        using var http = new HttpClient { BaseAddress = options.Http };
        var listed = await AlertArchive.FetchAsync(http, NewRun(scenario!).Truth, CancellationToken.None);
        Assert.Superset(outcome.Steps.Select(step => step.Id).ToHashSet(), listed.Select(step => step.Id).ToHashSet());
    }

    private static ScenarioRun NewRun(Scenario scenario) => new(scenario, 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
}
