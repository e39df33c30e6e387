using Fengsui.Devices.History.Embedded;
using Xunit;

namespace Fengsui.Devices.Tests.History;

public sealed class CrashTests
{
    private static readonly HistoryTierOptions[] Tiers =
    [
        new() { Step = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromDays(365_000), BuildLevel = 1 },
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_step_of_flush_merge_or_summing_up_leaves_no_gap_and_no_double(bool afterwards)
    {
        for (var steps = 0; ; steps++)
        {
            using var folder = new TemporaryFolder();
            var files = new FaultyFiles(steps, afterwards);
            await RunAsync(folder.Path, files);
            await AssertWholeAsync(folder.Path, steps);
            if (!files.HasStopped)
                break;
        }
    }

    [Fact]
    public async Task A_refused_flush_is_tried_again_until_it_works()
    {
        using var folder = new TemporaryFolder();
        var files = new FaultyFiles(2, afterwards: false);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = HistoryFixture.Options(folder.Path) with { OnIncident = _ => failed.TrySetResult() };
        await using var history = HistoryFixture.Open(options, files);
        HistoryFixture.Row(3, HistoryFixture.StartMs, 1, 1.5).AppendTo(history.Writer(0));
        history.Writer(0).Mark(1);
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(history.Health.Healthy);
        Assert.Single(HistoryFixture.All(history, 3, 1));
        files.Heal();
        await history.WaitForPositionAsync(1).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(HistoryFixture.All(history, 3, 1));
        Assert.True(history.Stats.FailedFlushes > 0);
    }

    /// <summary>Nine flushes and all merges, as far as the files allow.</summary>
    private static async Task RunAsync(string folder, FaultyFiles files)
    {
        var options = HistoryFixture.Options(folder) with { CompactionFanIn = 3, ArenasPerShard = 100, Tiers = Tiers };
        var history = HistoryFixture.Open(options, files);
        for (var flush = 1; flush <= 9; flush++)
        {
            Append(history, flush);
            history.Writer(0).Mark(flush * 10);
            if (!files.HasStopped && flush % 4 == 0)
            {
                await WaitOrStopAsync(history, flush * 10, files);
                while (!files.HasStopped && history.MaintainOnce())
                {
                }
            }
        }

        await WaitOrStopAsync(history, 90, files);
        while (!files.HasStopped && history.MaintainOnce())
        {
        }

        await history.DisposeAsync();
    }

    private static async Task WaitOrStopAsync(EmbeddedHistory history, long position, FaultyFiles files)
    {
        while (!files.HasStopped && history.CommittedPosition < position)
            await Task.Yield();
    }

    /// <summary>Ten rows: nine new ones, and one of device 7 that is new in the first flush only.</summary>
    private static void Append(EmbeddedHistory history, int flush)
    {
        for (var row = 1; row <= 10; row++)
        {
            var position = ((flush - 1) * 10) + row;
            var repeated = HistoryFixture.Row(7, HistoryFixture.StartMs, position, 5, -5) with
            {
                Flags = flush > 1 ? HistoryRowFlags.Late : HistoryRowFlags.None,
            };
            var fresh = HistoryFixture.Row(row % 3, HistoryFixture.StartMs + (position * 100), position, position, -position);
            (row == 5 ? repeated : fresh).AppendTo(history.Writer(0));
        }
    }

    /// <summary>The journal is offered again from the start, as a replay would; then everything must be there once.</summary>
    private static async Task AssertWholeAsync(string folder, int steps)
    {
        await using var history = HistoryFixture.Open(HistoryFixture.Options(folder) with { CompactionFanIn = 3, ArenasPerShard = 100, Tiers = Tiers });
        for (var flush = 1; flush <= 9; flush++)
            Append(history, flush);
        await HistoryFixture.FlushAsync(history, 90);
        while (history.MaintainOnce())
        {
        }

        foreach (ushort metric in (ReadOnlySpan<ushort>)[1, 2])
        {
            var values = new List<double>();
            foreach (var device in (ReadOnlySpan<int>)[0, 1, 2])
                values.AddRange(HistoryFixture.All(history, device, metric).Select(reading => Math.Abs(reading.Value)));
            values.Sort();
            Assert.Equal(Enumerable.Range(1, 90).Where(i => i % 10 != 5).Select(i => (double)i), values);
            Assert.Single(HistoryFixture.All(history, 7, metric));
        }

        Assert.True(history.Stats.Rows == 82, $"after {steps} steps: {history.Stats.Rows} rows");
        Assert.Equal([107], history.LateDuplicatesAfter(-1).Select(count => count.Source).Distinct());
        Assert.Equal(16, history.LateDuplicatesAfter(-1).Sum(count => count.Readings));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
        Assert.Equal(history.Stats.Groups, Directory.GetFiles(folder, "g-*.fsh").Length);
        Assert.Equal(history.Stats.TierGroups, Directory.GetFiles(folder, "t*.fsh").Length);
        AssertSteps(history, steps);
    }

    /// <summary>From buckets as from the readings: each of the 81 fresh rows once, and the repeated one once.</summary>
    private static void AssertSteps(EmbeddedHistory history, int steps)
    {
        foreach (var stepMs in (ReadOnlySpan<long>)[1000, 2000, 10_000])
        {
            foreach (ushort metric in (ReadOnlySpan<ushort>)[1, 2])
            {
                var (count, sum) = (0, 0.0);
                foreach (var device in (ReadOnlySpan<int>)[0, 1, 2, 7])
                {
                    foreach (var step in history.Aggregate(device, metric, 0, HistoryFixture.StartMs + 100_000, stepMs))
                        (count, sum) = (count + step.Count, sum + (step.Count > 0 ? Math.Abs(step.Mean * step.Count) : 0));
                }

                Assert.True(count == 82, $"after {steps} steps: {count} readings in steps of {stepMs} ms");
                Assert.Equal(Enumerable.Range(1, 90).Where(i => i % 10 != 5).Sum() + 5, sum, 1e-6);
            }
        }
    }
}
