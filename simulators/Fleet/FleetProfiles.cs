using Fengsui.Fleet.Faults;

namespace Fengsui.Fleet;

/// <summary>Fleets with a purpose.</summary>
public static class FleetProfiles
{
    private const double HeatFrom = 1.5;
    private const double HeatTo = 8;
    private const double HeatEvery = 20;
    private const double LeakFrom = 3;
    private const double LeakTo = 9;
    private const double LeakEvery = 25;

    /// <summary>The devices of <see cref="Demo"/>, in their order.</summary>
    public static IReadOnlyList<FleetDevice> DemoRoster { get; } =
    [
        new("warehouse-a-01", ["temperature", "humidity"]),
        new("warehouse-a-02", ["temperature", "humidity"]),
        new("warehouse-a-03", ["temperature", "humidity"]),
        new("gas-a-01", ["co", "h2s", "lel"]),
        new("gas-a-02", ["co", "h2s", "lel"]),
        new("confined-a-01", ["o2", "co", "h2s", "lel"]),
    ];

    /// <summary>
    /// Six devices at 10 Hz. The first warehouse sensor passes 30 and 35 °C within five seconds and is back at eight, every
    /// 20 s; the first gas detector passes 50 % LEL in its sixth second and is back at nine, every 25 s.
    /// </summary>
    public static FleetOptions Demo(string host, int port) => new()
    {
        Host = host,
        Port = port,
        Roster = DemoRoster,
        Connections = 2,
        ClientIdPrefix = "demo-",
        Faults = new FaultOptions
        {
            Script =
            [
                new ScriptedFault(0, FaultKind.Heat, HeatFrom, HeatTo, HeatEvery),
                new ScriptedFault(3, FaultKind.GasLeak, LeakFrom, LeakTo, LeakEvery),
            ],
        },
    };
}
