using Fengsui.Fleet;

namespace Fengsui.Bench.EndToEnd;

/// <summary>One load: 10,000 devices over 50 connections, 120 bytes of JSON with 5 values.</summary>
internal sealed record LoadCase(int Qos, int MessagesPerWrite)
{
    public const int Devices = 10_000;
    public const int Connections = 50;
    public const double RateHz = 10;
    private const int InFlight = 20;

    public static IReadOnlyList<LoadCase> All { get; } = [new(0, 16), new(1, 16), new(0, 1), new(1, 1)];

    public string Name => $"QoS {Qos}, {MessagesPerWrite} a write";

    /// <summary>As fast as the server takes it, for a time.</summary>
    public FleetOptions Unthrottled(int port, double seconds, long startMs) => new()
    {
        Port = port,
        Devices = Devices,
        Connections = Connections,
        RateHz = RateHz,
        Qos = Qos,
        MessagesPerWrite = MessagesPerWrite,
        InFlight = InFlight,
        SpacedJson = true,
        Unthrottled = true,
        Duration = TimeSpan.FromSeconds(seconds),
        StartMs = startMs,
    };

    /// <summary>By the clock: 100,000 messages a second.</summary>
    public static FleetOptions Paced(int port, double seconds, long startMs) => new()
    {
        Port = port,
        Devices = Devices,
        Connections = Connections,
        RateHz = RateHz,
        Qos = 1,
        MessagesPerWrite = 16,
        InFlight = 512,
        SpacedJson = true,
        Duration = TimeSpan.FromSeconds(seconds),
        StartMs = startMs,
    };
}
