using System.Runtime.InteropServices;
using System.Text;

namespace Fengsui.Bench.EndToEnd.Storm;

/// <summary>Says each figure as it comes, and all of them in <c>storm.md</c> at the end.</summary>
internal sealed class StormReport(BenchOptions options)
{
    private readonly StringBuilder _latencies = new();
    private readonly StringBuilder _receivers = new();

    public void Latency(string load, StormLoad result, double cores) => Say(
        _latencies,
        $"| {load} | {result.Receipts.Steps:N0} of {result.Sent:N0} | {result.Percentile(0.5):0.0} | {result.Percentile(0.99):0.0} | {result.Percentile(0.999):0.0} | {result.Percentile(1):0.0} | {cores:0.00} |");

    public void Receivers(bool isKilled, StormLoad load, IEnumerable<(string Name, StormReceipts Got)> others)
    {
        foreach (var (name, got) in others.Prepend(("MQTT, QoS 1", load.Receipts)))
        {
            Say(_receivers, $"| {(isKilled ? "with SIGKILL" : "without")} | {name} | {got.Steps:N0} of {load.Sent:N0} | {got.OutOfOrder} |");
        }
    }

    public async Task WriteAsync()
    {
        var text = $"""
            # A storm of alerts, and how soon a subscriber hears of a reading

            From handing a reading to an MQTT client (QoS 1) until the step of its alert is at a subscriber (QoS 1), by one clock: the reading is in the journal
            with fsync, the step in the alert log with fsync before. Each alert begins and ends, so there are two steps an alert. {Environment.ProcessorCount} cores shared with
            the load and all receivers, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.

            `dotnet run --project bench/EndToEnd -c Release -- --storm --server src/Api/bin/Release/net10.0/fengsui.dll --seconds {options.Seconds:0}`

            | load | steps that arrived | p50 ms | p99 ms | p99.9 ms | max ms | cores of the server |
            | --- | --- | --- | --- | --- | --- | --- |
            {_latencies.ToString().TrimEnd()}

            Whoever was to be told of the storm, and was:

            | storm | receiver | steps | out of order |
            | --- | --- | --- | --- |
            {_receivers.ToString().TrimEnd()}

            """;
        Directory.CreateDirectory(options.OutDirectory);
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, "storm.md"), text);
    }

    private static void Say(StringBuilder table, string row)
    {
        Console.WriteLine(row);
        table.AppendLine(row);
    }
}
