using Fengsui.Devices.Alerts;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

/// <summary>Two days of duties under a clock that a test steps.</summary>
public sealed class AlertDutiesTests
{
    private const string Hot = "- { alert: Hot, tier: general, expr: t > 50 }";
    private const string Leak = "- { alert: Leak, tier: major, expr: t > 50 }";

    [Fact]
    public async Task Forty_eight_hours_without_an_answer_remind_escalate_and_restrict_each_once_at_its_time()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.HoursAsync(0.25, 24);
        await plant.CrashAsync();
        await plant.HoursAsync(24.25, 36);
        await plant.RestartAsync();
        await plant.HoursAsync(36.25, 48);
        var story = await plant.StoryAsync();
        var restriction = Assert.Single(plant.Engine.Duties.Restrictions());
        Assert.Equal(("hall", 1), (restriction.Enterprise, restriction.Alerts.Count));
        Assert.Equal((DutyState.Overdue, 1), (Assert.Single(plant.Engine.Duties.List()).State, plant.Engine.Duties.List()[0].EscalationLevel));
        Assert.Equal(["0 Hot d firing", "7200 Hot d escalated"], story.Take(2));
        Assert.Equal(["43200 Hot d overdue", "43200 Hot d customs-restriction"], story.Where(line => line.Contains("overdue", StringComparison.Ordinal) || line.Contains("restriction", StringComparison.Ordinal)));
        Assert.Equal(["21600", "36000", "57600", "72000", "86400", "100800", "115200", "129600", "144000", "158400", "172800"], story.Where(line => line.EndsWith("reminder", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
        Assert.True(plant.Engine.Alerts.List(includeResolved: true)[0].Status!.IsRestricting);
    }

    [Fact]
    public async Task An_alert_whose_condition_is_gone_stays_on_the_list_and_its_duty_goes_on_until_it_is_disposed_of()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.RowAsync(5, "d", ("t", 10));
        await plant.HoursAsync(1, 13);
        await plant.StoryAsync();
        Assert.True(plant.Engine.Alerts.List(includeResolved: true)[0].Status is { IsFiring: false, IsClosed: false, IsOverdue: true });
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Close)).Outcome);
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Dispose)).Outcome);
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Close)).Outcome);
        await plant.HoursAsync(13.25, 48);
        Assert.Equal(["46800 Hot d disposed", "46800 Hot d restriction-lifted", "46800 Hot d closed"], await plant.StoryAsync());
    }

    [Fact]
    public async Task A_joint_disposal_needs_safety_and_customs_and_two_people()
    {
        await using var plant = await Plant.StartAsync(Leak);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.RowAsync(1, "d", ("t", 10));
        Assert.Contains("safety and customs", (await plant.DoAsync(AlertAction.Dispose)).Reason, StringComparison.Ordinal);
        Assert.Equal(AlertEventKind.DisposalConfirmed, (await plant.DoAsync(AlertAction.Dispose, "li", "safety")).Entry!.Kind);
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Dispose, "li", "customs")).Outcome);
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Dispose, "wang", "safety")).Outcome);
        var last = (await plant.DoAsync(AlertAction.Dispose, "wang", "customs")).Entry!;
        Assert.Equal((AlertEventKind.Disposed, "customs", "wang"), (last.Kind, last.Capacity, last.Actor));
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Verify, "li")).Outcome);
        Assert.Equal(AlertEventKind.Verified, (await plant.DoAsync(AlertAction.Verify, "zhao")).Entry!.Kind);
    }

    [Fact]
    public async Task A_major_alert_whose_disposal_has_begun_in_time_is_not_overdue()
    {
        await using var plant = await Plant.StartAsync(Leak);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.HoursAsync(0.25, 3.75);
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Dispose, with: command => command with { IsFinal = false })).Outcome);
        await plant.HoursAsync(4, 12);
        Assert.DoesNotContain(await plant.StoryAsync(), line => line.EndsWith("overdue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_highest_tier_is_overdue_a_quarter_of_an_hour_after_it_began_and_cannot_be_shelved()
    {
        await using var plant = await Plant.StartAsync("- { alert: Out, tier: general, expr: t > 50, tiers: [{ tier: cross-border, expr: t > 90 }] }");
        await plant.RowAsync(0, "d", ("t", 60));
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Shelve, with: command => command with { DurationMs = 3_600_000 })).Outcome);
        await plant.RowAsync(10, "d", ("t", 95));
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Shelve, with: command => command with { DurationMs = 3_600_000 })).Outcome);
        await plant.HoursAsync(0.25, 0.5);
        var story = await plant.StoryAsync();
        Assert.Equal(["0 Out d firing", "0 Out d shelved", "10 Out d tier-changed", "10 Out d unshelved", "1800 Out d overdue", "1800 Out d customs-restriction"], story);
        Assert.All(plant.Engine.ReadAlertLog(0, 100).Where(pair => pair.Value.ToldTier == Fengsui.Rules.Model.Tier.CrossBorder), pair => Assert.Equal(HoldReason.None, pair.Value.HeldBy));
    }

    [Fact]
    public async Task What_is_shelved_is_held_back_and_told_when_the_time_is_over_if_it_still_fires()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.DoAsync(AlertAction.Shelve, with: command => command with { DurationMs = 60_000 });
        await plant.RowAsync(10, "d", ("t", 10));
        await plant.RowAsync(20, "d", ("t", 60));
        await plant.CrashAsync();
        await plant.TicksAsync(30, 90);
        Assert.Equal(
            ["0 Hot d firing", "0 Hot d shelved", "10 Hot d resolved", "20 Hot d firing", "60 Hot d unshelved", "60 Hot d released"], await plant.StoryAsync());
        Assert.Equal([HoldReason.Shelved, HoldReason.Shelved], plant.Engine.ReadAlertLog(2, 2).Select(pair => pair.Value.HeldBy));
    }
}
