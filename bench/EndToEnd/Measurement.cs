namespace Fengsui.Bench.EndToEnd;

/// <summary>One server under one load in one round. Latencies in ms, memory in MB, CPU in µs per message (= seconds per million).</summary>
internal sealed record Measurement(
    string Server,
    LoadCase Case,
    double MessagesPerSecond,
    double ServerCpu,
    double PeakMegabytes,
    double P50,
    double P99,
    double GeneratorUserCpu,
    double GeneratorKernelCpu,
    string? Fault);
