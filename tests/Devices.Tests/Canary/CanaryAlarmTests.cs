using Fengsui.Devices.Alerts;
using Fengsui.Devices.Canary;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Canary;

public sealed class CanaryAlarmTests : IDisposable
{
    private readonly AlarmBench _bench = new();

    [Fact]
    public async Task A_missing_canary_is_told_as_a_major_alert_in_two_languages_and_its_return_as_the_end_of_it()
    {
        var watchdog = _bench.Add("watchdog");
        await using var alarm = _bench.Start();
        alarm.Missing("alert-log", "the disk is full");
        alarm.Missing("shard", "said again, this changes nothing");
        var missing = await watchdog.NextAsync();
        alarm.Back();
        var back = await watchdog.NextAsync();
        Assert.Equal((AlertState.Firing, Tier.Major, CanaryRule.MissingId, CanaryRule.MissingDevice), (missing.State, missing.ToldTier, missing.Rule, missing.Device));
        Assert.Contains("alert-log: the disk is full", missing.Annotations["summary"], StringComparison.Ordinal);
        Assert.Contains("告警日志", missing.Annotations["summary_zh"], StringComparison.Ordinal);
        Assert.Equal((AlertState.Resolved, Tier.Major, missing.AlertId), (back.State, back.ToldTier, back.AlertId));
        Assert.Equal(["1", "2"], new[] { missing, back }.Select(step => step.Id[^1..]));
        Assert.False(watchdog.HasMore);
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_same_alert_and_tells_nobody_twice_what_they_have_taken()
    {
        var (quick, away) = (_bench.Add("quick"), _bench.Add("away"));
        away.Refuse(int.MaxValue);
        AlertTransition first;
        await using (var alarm = _bench.Start())
        {
            alarm.Missing("journal", "no room");
            first = await quick.NextAsync();
            await SavedAsync("quick");
        }

        away.Refuse(3);
        await using var again = _bench.Start();
        Assert.True(again.IsMissing);
        Assert.Equal(first.Id, (await away.NextAsync()).Id);
        again.Missing("journal", "still no room");
        again.Back();
        Assert.Equal((first.AlertId, AlertState.Resolved), await StepAsync(quick));
        Assert.Equal((first.AlertId, AlertState.Resolved), await StepAsync(away));
        Assert.False(quick.HasMore || away.HasMore);
    }

    [Fact]
    public async Task A_receiver_that_was_away_hears_all_of_it_in_order_and_one_that_is_new_what_is_so_now()
    {
        var away = _bench.Add("away");
        away.Refuse(int.MaxValue);
        await using var alarm = _bench.Start();
        alarm.Missing("rule", "a");
        alarm.Back();
        alarm.Missing("rule", "b");
        var fresh = _bench.Add("fresh");
        alarm.Missing("rule", "b");
        Assert.Equal(AlertState.Firing, (await fresh.NextAsync()).State);
        away.Refuse(0);
        Assert.Equal([AlertState.Firing, AlertState.Resolved, AlertState.Firing], [(await away.NextAsync()).State, (await away.NextAsync()).State, (await away.NextAsync()).State]);
    }

    [Fact]
    public async Task What_is_to_be_told_to_somebody_away_is_bounded_and_ends_with_what_is_so()
    {
        var away = _bench.Add("away");
        away.Refuse(int.MaxValue);
        await using var alarm = _bench.Start();
        for (var i = 0; i < 200; i++)
        {
            alarm.Missing("rule", "a");
            alarm.Back();
        }

        away.Refuse(0);
        var told = new List<AlertTransition>();
        while (told.Count == 0 || told[^1].Sequence < 400)
        {
            told.Add(await away.NextAsync());
        }

        Assert.InRange(told.Count, 2, CanaryMark.MaxSteps + 1);
        Assert.Equal(told.Select(step => step.Sequence).Order(), told.Select(step => step.Sequence));
        Assert.Equal(AlertState.Resolved, told[^1].State);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_nothing()
    {
        Directory.CreateDirectory(_bench.Path);
        var watchdog = _bench.Add("watchdog");
        await using var alarm = _bench.Start();
        alarm.Missing("journal", "full");
        Assert.Equal(AlertState.Firing, (await watchdog.NextAsync()).State);
        alarm.Back();
        Assert.Equal(AlertState.Resolved, (await watchdog.NextAsync()).State);
        Assert.NotEmpty(_bench.Complaints);
    }

    public void Dispose() => _bench.Dispose();

    private static async Task<(string Alert, AlertState State)> StepAsync(AlarmBench.Listener listener)
    {
        var step = await listener.NextAsync();
        return (step.AlertId, step.State);
    }

    /// <summary>That somebody was told is saved after they were.</summary>
    private async Task SavedAsync(string receiver)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (CanaryMark.Load(_bench.Path)?.Told.ContainsKey(receiver) != true)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
