using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Engine;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Replay;

public sealed class JournalRunTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task Running_the_journal_again_gives_the_alert_log_to_the_byte(int seed, int shards)
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(seed), parts: 4);
        Assert.True(recorded.Segments.Length > 3);
        var (run, alerts) = await RunAsync(new JournalRunOptions { DataDirectory = recorded.Path, Shards = shards });
        Assert.Equal(0, run.StartPosition);
        Assert.Empty(run.Faults);
        Assert.True(recorded.AlertLog.Length > 10_000);
        Assert.Equal(recorded.AlertLog, LogOf(alerts));
    }

    [Fact]
    public async Task A_run_from_any_snapshot_gives_the_rest_of_the_alert_log()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(3), parts: 6);
        var whole = recorded.Entries;
        var starts = new HashSet<long>();
        foreach (var time in whole.Select(alert => alert.ReceiveTimeMs).Distinct())
        {
            var (run, alerts) = await RunAsync(new JournalRunOptions { DataDirectory = recorded.Path, StartMs = time });
            if (starts.Add(run.StartPosition))
            {
                Assert.True(run.StartPosition == 0 || run.StartMs <= time);
                Assert.Equal(whole.Where(alert => alert.JournalPosition > run.StartPosition).Select(Line), alerts.Select(Line));
            }
        }

        Assert.True(starts.Count > 2, $"{starts.Count} places to start from");
    }

    [Fact]
    public async Task A_journal_that_lost_its_beginning_is_run_from_the_oldest_snapshot_it_still_follows()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(4), parts: 6);
        var whole = recorded.Entries;
        Array.ForEach(recorded.Segments[..(recorded.Segments.Length / 2)], File.Delete);
        var (run, alerts) = await RunAsync(new JournalRunOptions { DataDirectory = recorded.Path });
        Assert.True(run.StartPosition > 0);
        Assert.NotEmpty(alerts);
        Assert.Equal(whole.Where(alert => alert.JournalPosition > run.StartPosition).Select(Line), alerts.Select(Line));

        using var into = new TemporaryDirectory();
        var replayed = await JournalReplay.RunAsync(recorded.Path, RecordedJournal.EngineOptions(into.Path), TimeProvider.System, CancellationToken.None);
        Assert.Equal(run.StartPosition, replayed.SnapshotPosition);
        Assert.Equal(alerts.Select(Line), AlertLogFile.Read(into.Of("alerts")).Select(Line));

        Directory.Delete(System.IO.Path.Combine(recorded.Path, "snapshots"), recursive: true);
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(new JournalRunOptions { DataDirectory = recorded.Path }));
    }

    [Fact]
    public async Task A_run_ends_where_it_was_told_to()
    {
        using var recorded = await RecordedJournal.OfAsync(Batches(5), parts: 2);
        var whole = recorded.Entries;
        var middle = whole[whole.Count / 2].ReceiveTimeMs;
        var (run, alerts) = await RunAsync(new JournalRunOptions { DataDirectory = recorded.Path, EndMs = middle });
        Assert.InRange(alerts.Count, 1, whole.Count - 1);
        Assert.Equal(whole.Take(alerts.Count).Select(Line), alerts.Select(Line));
        Assert.True(whole.Where(alert => alert.ReceiveTimeMs < middle - 1_000_000).All(alert => alerts.Any(other => other.Id == alert.Id)));
    }

    internal static IEnumerable<byte[]> Batches(int seed) => Script.Of(seed, blocks: 400).SelectMany(block => block.Batches);

    private static async Task<(JournalRun Run, List<AlertEntry> Alerts)> RunAsync(JournalRunOptions options)
    {
        var alerts = new List<AlertEntry>();
        using var run = new JournalRun(options, alerts.Add);
        await run.RunAsync(CancellationToken.None);
        return (run, alerts);
    }

    private static string Line(AlertEntry alert) => Encoding.UTF8.GetString(AlertJson.ToBytes(alert));

    private static byte[] LogOf(List<AlertEntry> alerts)
    {
        using var into = new TemporaryDirectory();
        AlertLogFile.Write(into.Of("log"), alerts);
        return File.ReadAllBytes(into.Of("log"));
    }
}
