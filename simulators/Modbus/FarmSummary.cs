using System.Globalization;
using System.Text.Json;

namespace Fengsui.Modbus;

/// <summary>What a farm was asked. Jitter: how far the time between two requests for the same registers was from the period, in ms.</summary>
public sealed record FarmSummary(
    int Slaves, double Seconds, long Requests, long Misbehaviours, long UnknownUnits, double JitterP50Ms, double JitterP99Ms, double JitterMaxMs, double DriftMs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Slaves} slaves, {Requests} requests in {Seconds:0.0} s ({Requests / Math.Max(Seconds, 0.001):0.0}/s), {Misbehaviours} answered wrongly, {UnknownUnits} to unknown units; "
        + $"jitter p50 {JitterP50Ms:0.0} p99 {JitterP99Ms:0.0} max {JitterMaxMs:0.0} ms, mean interval off by at most {DriftMs:0.000} ms");
}
