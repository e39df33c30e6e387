using System.Globalization;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Testing;

namespace Fengsui.Micro.Replay;

/// <summary>
/// How many times faster than life a back-test runs: records a journal of 1,000 devices at 10 Hz with five values each, then
/// runs a rule set over all of it and prints the ratio. The alerts are counted, so that a run that did nothing shows.
/// </summary>
internal static class ReplayRatio
{
    public const double Wanted = 100;

    public static async Task<int> RunAsync(int seconds, string rulesDirectory, TextWriter output)
    {
        var files = Directory.GetFiles(rulesDirectory, "*.yaml", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(RuleTestReader.FileSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => new RuleFile("rules/" + Path.GetRelativePath(rulesDirectory, path), File.ReadAllText(path))).ToArray();
        var directory = Directory.CreateTempSubdirectory("fengsui-replay-");
        try
        {
            var bytes = await new JournalRecorder(directory.FullName).RecordAsync(seconds, files);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recorded {seconds} s of 1,000 devices x 10 Hz x 5 values: {bytes >> 20} MiB"));
            var best = 0.0;
            for (var round = 1; round <= 3; round++)
            {
                var result = await BackTest.RunAsync(new BackTestOptions { DataDirectory = directory.FullName, Rules = files }, CancellationToken.None);
                var ratio = seconds / result.Elapsed.TotalSeconds;
                best = Math.Max(best, ratio);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: {result.Rows} rows in {result.Elapsed.TotalSeconds:F2} s, {result.Rows / result.Elapsed.TotalSeconds / 1e6:F2} M rows/s, {ratio:F0} x real time, {result.Rules.Sum(rule => rule.Would.Count)} alerts"));
                result.Faults.ToList().ForEach(output.WriteLine);
            }

            return best >= Wanted ? 0 : 1;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
