using System.Diagnostics;
using System.Globalization;

namespace Fengsui.Bench.Replay;

/// <summary>Records once, replays some rounds, compares and reports.</summary>
internal sealed class Measure(MeasureOptions options, TextWriter output)
{
    /// <summary>Times real time that a replay has to reach.</summary>
    private const double Wanted = 100;

    public async Task<int> RunAsync()
    {
        var root = options.DataDirectory ?? Directory.CreateTempSubdirectory("fengsui-replay-").FullName;
        try
        {
            var data = Path.Combine(root, "data");
            var config = Path.Combine(root, "config");
            await RecordAsync(data, config).ConfigureAwait(false);
            var ratios = new List<double>();
            var isSame = true;
            for (var round = 1; round <= options.Rounds; round++)
            {
                var (ratio, same) = await ReplayAsync(round, data, config, Path.Combine(root, "would.jsonl")).ConfigureAwait(false);
                ratios.Add(ratio);
                isSame &= same;
            }

            ratios.Sort();
            var median = ratios[ratios.Count / 2];
            Say($"median {median:F0} x real time, wanted {Wanted:F0}; alerts {(isSame ? "equal" : "DIFFERENT")}");
            return isSame && median >= Wanted ? 0 : 1;
        }
        finally
        {
            if (options.DataDirectory is null)
            {
                Directory.Delete(root, recursive: true);
            }
        }
    }

    private async Task RecordAsync(string data, string config)
    {
        var started = Stopwatch.GetTimestamp();
        var live = new LiveRun(data, RuleFolder.Copy(options.ConfigDirectory, config, options.WithMemory));
        await live.RecordAsync(options.Seconds).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(started);
        var bytes = Directory.GetFiles(Path.Combine(data, "journal"), "*.seg").Sum(path => new FileInfo(path).Length);
        Say($"recorded {options.Seconds} s: {live.Messages:N0} messages, {bytes >> 20:N0} MiB of journal, {LiveLog(data).Length >> 10:N0} KiB of alert log, in {took.TotalSeconds:F1} s ({options.Seconds / took.TotalSeconds:F0} x real time)");
        live.Incidents.ForEach(output.WriteLine);
    }

    private async Task<(double Ratio, bool IsSame)> ReplayAsync(int round, string data, string config, string would)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [options.ServerPath, "rules", "replay", "--rules", config, "--data", data, "--alerts", would, "--exit-zero"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(started);
        var ratio = options.Seconds / took.TotalSeconds;
        var (lines, same) = Compare(LiveLog(data), process.ExitCode == 0 ? File.ReadAllBytes(would) : []);
        Say($"round {round}: {took.TotalSeconds:F2} s by the clock from start to exit, {ratio:F0} x real time; {lines:N0} transitions {(same ? "equal to the byte" : "DIFFERENT")}");
        if (!same || round == 1)
        {
            output.WriteLine(said);
        }

        return (ratio, same);
    }

    private static (int Lines, bool IsSame) Compare(ReadOnlySpan<byte> live, ReadOnlySpan<byte> would) => (live.Count((byte)'\n'), live.Length > 0 && live.SequenceEqual(would));

    private static byte[] LiveLog(string data) => File.ReadAllBytes(Path.Combine(data, "alerts", "alerts.jsonl"));

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
