using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Devices.Tests.Zones;
using Xunit;

namespace Fengsui.Devices.Tests.Replay;

/// <summary>What a replay gives is the alert log of the live run, to the byte: with windows, exposures, silence, zones, ticks and restarts.</summary>
public sealed class ByteForByteTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    public async Task A_back_test_of_the_rules_in_force_gives_the_alert_log_to_the_byte(int seed, int shards)
    {
        using var recorded = await RecordedJournal.OfAsync(TimedScript.Of(seed), parts: 5);
        var result = await BackTest.RunAsync(
            new BackTestOptions { DataDirectory = recorded.Path, Rules = [TimedScript.Rules], Shards = shards }, CancellationToken.None);
        Assert.Equal("", string.Join('\n', result.Rules.SelectMany(rule => rule.Differences).Take(5).Select(Words)));
        Assert.Empty(result.Faults);
        using var into = new TemporaryDirectory();
        AlertLogFile.Write(into.Of("would.jsonl"), result.Entries);
        var live = recorded.AlertLog;
        Assert.All(TimedScript.Alerts, rule => Assert.Contains($"\"{rule}\"", Encoding.UTF8.GetString(live), StringComparison.Ordinal));
        Assert.Equal(live, File.ReadAllBytes(into.Of("would.jsonl")));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_run_of_zones_persons_permits_and_changes_of_rules_gives_the_alert_log_to_the_byte(int seed)
    {
        using var recorded = await RecordedJournal.OfAsync(SiteScript.Of(seed, 600).SelectMany(block => block.Batches), parts: 4);
        var alerts = new List<AlertEntry>();
        using var run = new JournalRun(new JournalRunOptions { DataDirectory = recorded.Path, Shards = 3 }, alerts.Add);
        await run.RunAsync(CancellationToken.None);
        Assert.Empty(run.Faults);
        using var into = new TemporaryDirectory();
        AlertLogFile.Write(into.Of("would.jsonl"), alerts);
        Assert.True(alerts.Count > 100);
        Assert.Equal(recorded.AlertLog, File.ReadAllBytes(into.Of("would.jsonl")));
    }

    [Fact]
    public async Task A_back_test_of_a_part_begins_at_a_snapshot_and_gives_the_part_of_the_log_after_it()
    {
        using var recorded = await RecordedJournal.OfAsync(TimedScript.Of(6), parts: 6);
        var alerts = recorded.Alerts;
        var from = alerts[alerts.Count / 2].ReceiveTimeMs;
        var result = await BackTest.RunAsync(
            new BackTestOptions { DataDirectory = recorded.Path, Rules = [TimedScript.Rules], FromMs = from, WarmUp = TimeSpan.Zero }, CancellationToken.None);
        Assert.False(result.IsDifferent);
        var first = result.Transitions[0].JournalPosition;
        Assert.True(first > alerts[0].JournalPosition);
        Assert.Equal(alerts.Where(alert => alert.JournalPosition >= first).Select(Line), result.Transitions.Select(Line));
    }

    private static string Words(AlertDifference difference) =>
        $"{difference.Rule} {difference.Subject}: did {Steps(difference.Did)}, would {Steps(difference.Would)}";

    private static string Steps(AlertEpisode? alert) => string.Join(" / ", alert?.Steps.Select(Line) ?? []);

    private static string Line(AlertTransition alert) => Encoding.UTF8.GetString(AlertJson.ToBytes(alert));
}
