using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Fengsui.Bench.EndToEnd;

/// <summary>Medians with ranges over rounds, and ratios of medians.</summary>
internal sealed class MarkdownReport(IReadOnlyList<Measurement> measurements, BenchOptions options)
{
    private readonly StringBuilder _text = new();

    public string Render()
    {
        Line("# End to end: Fengsui beside mosquitto");
        Line();
        Line($"{LoadCase.Devices:N0} devices over {LoadCase.Connections} connections, 120 bytes of JSON with 5 values, as fast as the server takes them; QoS 1 with 20 in flight per connection.");
        Line("mosquitto only receives (no subscriber, nothing persisted, set_tcp_nodelay); Fengsui decodes, journals with fsync before it acknowledges, runs rules and keeps history.");
        Line($"{options.Rounds} interleaved rounds of {options.Seconds} s after {options.WarmUpSeconds} s of warm-up, a fresh server each; median (least–most). {Environment.ProcessorCount} cores shared with the generator, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.");
        foreach (var load in measurements.Select(measurement => measurement.Case).Distinct())
        {
            RenderCase(load);
        }

        return _text.ToString();
    }

    private void RenderCase(LoadCase load)
    {
        Line();
        Line($"## {load.Name}");
        Line();
        Line("| server | messages/s | CPU s per million | peak memory MB | PUBACK p50 ms | PUBACK p99 ms | generator CPU s per million (own + kernel) |");
        Line("| --- | --- | --- | --- | --- | --- | --- |");
        var own = Of(ServerProcess.FengsuiName, load);
        var peer = Of(ServerProcess.MosquittoName, load);
        foreach (var rounds in new[] { own, peer }.Where(rounds => rounds.Count > 0))
        {
            var latency50 = load.Qos == 0 ? "–" : Range(rounds, m => m.P50, "N2");
            var latency99 = load.Qos == 0 ? "–" : Range(rounds, m => m.P99, "N2");
            Line($"| {rounds[0].Server} | {Range(rounds, m => m.MessagesPerSecond, "N0")} | {Range(rounds, m => m.ServerCpu, "N2")} | {Range(rounds, m => m.PeakMegabytes, "N0")} | {latency50} | {latency99} | {Median(rounds, m => m.GeneratorUserCpu):N2} + {Median(rounds, m => m.GeneratorKernelCpu):N2} |");
        }

        if (own.Count > 0 && peer.Count > 0)
        {
            var latency = load.Qos == 0 ? "– | –" : $"{Ratio(own, peer, m => m.P50)} | {Ratio(own, peer, m => m.P99)}";
            Line($"| ratio | {Ratio(own, peer, m => m.MessagesPerSecond)} | {Ratio(own, peer, m => m.ServerCpu)} | {Ratio(own, peer, m => m.PeakMegabytes)} | {latency} | |");
        }

        foreach (var faulty in own.Concat(peer).Where(measurement => measurement.Fault is not null))
        {
            Line();
            Line($"**{faulty.Server}: {faulty.Fault}**");
        }
    }

    private List<Measurement> Of(string server, LoadCase load) =>
        [.. measurements.Where(measurement => measurement.Server == server && measurement.Case == load)];

    private static string Range(List<Measurement> rounds, Func<Measurement, double> value, string format)
    {
        var text = Text(Median(rounds, value), format);
        return rounds.Count == 1 ? text : $"{text} ({Text(rounds.Min(value), format)}–{Text(rounds.Max(value), format)})";
    }

    private static string Ratio(List<Measurement> own, List<Measurement> peer, Func<Measurement, double> value) =>
        Text(Median(own, value) / Median(peer, value), "N2");

    private static double Median(List<Measurement> rounds, Func<Measurement, double> value)
    {
        var sorted = rounds.Select(value).Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private void Line() => _text.Append('\n');

    private void Line(FormattableString text) => _text.Append(FormattableString.Invariant(text)).Append('\n');

    private void Line(string text) => _text.Append(text).Append('\n');
}
