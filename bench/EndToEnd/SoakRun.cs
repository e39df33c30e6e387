using System.Globalization;
using System.Text;
using Fengsui.Fleet;
using Spectre.Console;

namespace Fengsui.Bench.EndToEnd;

/// <summary>The load by the clock for minutes: does memory stay flat, is anything refused, does the server keep up?</summary>
internal sealed class SoakRun(BenchOptions options, IAnsiConsole console)
{
    private const double FlatGrowth = 1.10;
    private const double FlatMegabytes = 48;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    private readonly List<double> _resident = [];

    public async Task<int> RunAsync()
    {
        await using var server = await ServerProcess.StartFengsuiAsync(options);
        var before = server.Usage;
        var load = Generator.RunAsync(LoadCase.Paced(server.Port, options.SoakMinutes * 60, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
        await SampleAsync(server, load);
        var summary = await load;
        await IdleWatch.WaitAsync(server);
        var after = server.Usage;
        var faults = Faults(summary);
        var report = Report(summary, after, after.CpuSeconds - before.CpuSeconds, faults, await ServerSaysAsync(server));
        console.Profile.Out.Writer.WriteLine(report);
        Directory.CreateDirectory(options.OutDirectory);
        await File.WriteAllTextAsync(Path.Combine(options.OutDirectory, "soak.md"), report);
        return faults.Count == 0 ? 0 : 1;
    }

    private async Task SampleAsync(ServerProcess server, Task load)
    {
        using var timer = new PeriodicTimer(SampleInterval);
        while (!load.IsCompleted && await timer.WaitForNextTickAsync())
        {
            var usage = server.Usage;
            _resident.Add(usage.ResidentMegabytes);
            if (_resident.Count % 10 == 0)
            {
                console.Profile.Out.Writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{_resident.Count,5} s  {usage.ResidentMegabytes:N0} MB resident, {usage.CpuSeconds:N1} s CPU"));
            }
        }
    }

    private List<string> Faults(FleetSummary summary)
    {
        var faults = new List<string>();
        var (middle, last) = (Highest(1), Highest(2));
        if (last > (middle * FlatGrowth) + FlatMegabytes)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"memory is not flat: at most {middle:N0} MB in the second third, {last:N0} MB in the last"));
        }

        if (summary.Refused + summary.Disconnects + summary.Unacknowledged > 0)
        {
            faults.Add($"{summary.Refused} refused, {summary.Disconnects} disconnects, {summary.Unacknowledged} unacknowledged");
        }

        var wanted = (long)(LoadCase.Devices * LoadCase.RateHz * options.SoakMinutes * 60);
        if (summary.Messages < wanted)
        {
            faults.Add($"{wanted - summary.Messages} messages of the schedule were not sent in time");
        }

        return faults;
    }

    private double Highest(int third)
    {
        var size = Math.Max(1, _resident.Count / 3);
        return _resident.Skip(third * size).DefaultIfEmpty().Max();
    }

    private string Report(FleetSummary summary, ProcessUsage usage, double cpuSeconds, List<string> faults, string serverSays)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Soak: {LoadCase.Devices:N0} devices x {LoadCase.RateHz} Hz x 5 values for {options.SoakMinutes} min, QoS 1\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- {summary.Messages:N0} messages, {summary.Readings:N0} readings, {summary.MessagesPerSecond:N0} messages/s\n");
        text.Append(CultureInfo.InvariantCulture, $"- server: {cpuSeconds * 1e6 / summary.Messages:N2} s CPU per million messages, {usage.PeakMegabytes:N0} MB at most, {_resident.LastOrDefault():N0} MB at the end\n");
        text.Append(CultureInfo.InvariantCulture, $"- PUBACK from the intended time of sending: p50 {summary.LatencyP50 / 1000.0:N2} ms, p99 {summary.LatencyP99 / 1000.0:N2} ms, p99.9 {summary.LatencyP999 / 1000.0:N2} ms, max {summary.LatencyMax / 1000.0:N0} ms\n");
        text.Append(CultureInfo.InvariantCulture, $"- generator: {summary.CpuUserSeconds:N1} s own CPU, {summary.CpuKernelSeconds:N1} s kernel, late p99 {summary.LatenessP99 / 1000.0:N2} ms\n");
        text.Append(CultureInfo.InvariantCulture, $"- {(faults.Count == 0 ? "passed" : "FAILED: " + string.Join("; ", faults))}\n\n");
        text.Append("Resident MB at each tenth: ");
        text.AppendJoin(", ", Enumerable.Range(1, 10).Select(tenth => Resident(tenth).ToString("N0", CultureInfo.InvariantCulture)));
        return text.Append("\n\n").Append(serverSays).ToString();
    }

    private double Resident(int tenth) => _resident.Count == 0 ? 0 : _resident[Math.Max(0, (_resident.Count * tenth / 10) - 1)];

    private static async Task<string> ServerSaysAsync(ServerProcess server)
    {
        var text = new StringBuilder();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        foreach (var (path, wanted) in new[] { ("/api/v1/ledger", (string?)null), ("/metrics", "refused") })
        {
            try
            {
                var body = await http.GetStringAsync(new Uri(path, UriKind.Relative));
                var lines = body.Split('\n').Where(line => wanted is null || line.Contains(wanted, StringComparison.Ordinal));
                text.Append('`').Append(path).Append("`\n\n```\n").AppendJoin('\n', lines).Append("\n```\n\n");
            }
            catch (HttpRequestException e)
            {
                text.Append('`').Append(path).Append("`: ").Append(e.Message).Append("\n\n");
            }
        }

        return text.ToString();
    }
}
