using BenchmarkDotNet.Attributes;
using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;

namespace Fengsui.Micro;

/// <summary>
/// A day of one sensor with five values at 10 Hz, asked for in some 1,000 points: by a step that only the readings fill, and by
/// one that the buckets of a tier fill. Gate: 50 ms.
/// </summary>
[Config(typeof(ShortInProcess))]
public class HistoryBenchmarks
{
    private const long StartMs = 1_763_769_600_000;
    private const int Rows = 864_000;
    private const int RowsPerFlush = 40_000;

    private static readonly Shape Five = new(0, [1, 2, 3, 4, 5]);

    private string _directory = "";
    private EmbeddedHistory? _history;

    [GlobalSetup]
    public void Fill()
    {
        _directory = Path.Combine(Path.GetTempPath(), "fengsui-bench-" + Guid.NewGuid().ToString("N"));
        var options = new EmbeddedHistoryOptions
        {
            Directory = _directory,
            BackgroundMaintenance = false,
            RawRetention = TimeSpan.FromDays(36_500),
            CompactionFanIn = 32,
            Tiers = [HistoryTierOptions.Defaults[0] with { Retention = TimeSpan.FromDays(36_500), BuildLevel = 0 }],
        };
        _history = EmbeddedHistory.Open(options, 1, TimeProvider.System);
        var random = new Random(21);
        double[] values = [21, 50, 0, 0.1, 20.9];
        for (var i = 0; i < Rows; i++)
        {
            values[0] = Math.Round(values[0] + ((random.NextDouble() - 0.5) * 0.1), 2);
            values[1] = Math.Round(values[1] + ((random.NextDouble() - 0.5) * 0.4), 1);
            values[2] = random.Next(3);
            values[3] = Math.Round(random.NextDouble() * 0.5, 2);
            var time = StartMs + (i * 100L);
            _history.Writer(0).Append(5, time, Five, HistoryRowFlags.None, values, [], i + 1, time, 3);
            if ((i + 1) % RowsPerFlush == 0 || i == Rows - 1)
            {
                _history.Writer(0).Mark(i + 1);
                _history.WaitForPositionAsync(i + 1).GetAwaiter().GetResult();
            }
        }

        while (_history.MaintainOnce())
        {
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _history!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark]
    public int A_day_of_10_Hz_in_1000_points_from_readings() => Count(86_400, 1000);

    [Benchmark]
    public int A_day_of_10_Hz_in_1440_points_from_seconds() => Count(60_000, 1440);

    private int Count(long stepMs, int expected)
    {
        var (points, readings) = (0, 0);
        foreach (var step in _history!.Aggregate(5, 1, StartMs, StartMs + 86_400_000, stepMs))
            (points, readings) = (points + 1, readings + step.Count);
        if (points < expected || points > expected + 1 || readings < Rows)
            throw new InvalidOperationException($"{points} points of {readings} readings");
        return points;
    }
}
