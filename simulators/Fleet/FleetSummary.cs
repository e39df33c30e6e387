using System.Text.Json;

namespace Fengsui.Fleet;

/// <summary>The result of a run. Times are seconds, latencies microseconds.</summary>
public sealed record FleetSummary
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = false };

    public required int Devices { get; init; }

    public required int ConnectionCount { get; init; }

    public required int Qos { get; init; }

    /// <summary>From the start until the server had taken the last message.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>New messages written; re-sent ones are in <see cref="Resent"/>.</summary>
    public required long Messages { get; init; }

    public required long Readings { get; init; }

    public required long Bytes { get; init; }

    public required long Writes { get; init; }

    public required long Acked { get; init; }

    public required long Refused { get; init; }

    public required long Resent { get; init; }

    public required long Garbage { get; init; }

    public required long Unacknowledged { get; init; }

    public required long Disconnects { get; init; }

    public required long ConnectFailures { get; init; }

    public required long StrayAcks { get; init; }

    public required double MessagesPerSecond { get; init; }

    public required double ReadingsPerSecond { get; init; }

    public required long LatencyP50 { get; init; }

    public required long LatencyP90 { get; init; }

    public required long LatencyP99 { get; init; }

    public required long LatencyP999 { get; init; }

    public required long LatencyMax { get; init; }

    /// <summary>How late writes left against the schedule; 0 when unthrottled.</summary>
    public required long LatenessP50 { get; init; }

    public required long LatenessP99 { get; init; }

    public required long LatenessMax { get; init; }

    /// <summary>CPU of the whole process that ran the fleet, in user code and in the kernel on its behalf.</summary>
    public required double CpuUserSeconds { get; init; }

    public required double CpuKernelSeconds { get; init; }

    public required long StartMs { get; init; }

    public required IReadOnlyList<FleetConnectionSummary> Connections { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static FleetSummary FromJson(string json) =>
        JsonSerializer.Deserialize<FleetSummary>(json, Json) ?? throw new JsonException("not a fleet summary");
}
