using Fengsui.Fleet;
using Fengsui.Fleet.Faults;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>Input that is the same each time it is sent: times, values and faults follow from the seed and the start.</summary>
internal static class FleetInput
{
    public static FleetOptions Make(FengsuiServer server, int seed, long startMs, long messages, string? ackedLog = null, double rateHz = 10) => new()
    {
        Host = "127.0.0.1",
        Port = server.MqttPort,
        Devices = 80,
        Connections = 8,
        RateHz = rateHz,
        Unthrottled = true,
        InFlight = 8,
        Messages = messages,
        Seed = (ulong)seed,
        StartMs = startMs,
        CleanSession = false,
        DrainTimeout = TimeSpan.FromSeconds(90),
        ConnectTimeout = TimeSpan.FromSeconds(60),
        AckedLogPath = ackedLog,
        Faults = new FaultOptions
        {
            Kinds = [FaultKind.Heat, FaultKind.GasLeak, FaultKind.Heat, FaultKind.Duplicate, FaultKind.Reorder, FaultKind.GasLeak],
            Share = 0.8,
            Cycle = TimeSpan.FromSeconds(12),
            MinLength = TimeSpan.FromSeconds(3),
            MaxLength = TimeSpan.FromSeconds(6),
        },
    };

    /// <summary>An hour ago on a whole second: inside every guard for event times.</summary>
    public static long StartMs() => (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600) * 1000;
}
