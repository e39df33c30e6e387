using Fengsui.Devices.Alerts;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>Afterwards nobody can say whom an alarm was told to, who took it on, and when.</summary>
public sealed class NoNotificationHistory
{
    /// <summary>alertmanager#172, #560, #1976: a log of what was told to whom, over restarts.</summary>
    [Fact]
    public async Task Who_was_to_be_told_and_who_answered_is_on_record_after_a_crash()
    {
        await using var plant = await Plant.StartAsync("- { alert: Gas, expr: co > 20, tier: significant }");
        await plant.RowAsync(0, "probe", ("co", 25));
        await plant.HoursAsync(0.25, 1);
        await plant.DoAsync(AlertAction.Acknowledge, "wang", "safety");
        await plant.CrashAsync();
        var log = plant.Engine.ReadAlertLog(0, 10).Select(pair => pair.Value).ToList();
        Assert.Equal(["park-supervisor", "customs-on-site"], log[0].Audience);
        var escalated = Assert.IsType<AlertEvent>(log[1]);
        Assert.Equal((AlertEventKind.Escalated, 1, Plant.T0 + 1_800_000), (escalated.Kind, escalated.Level, escalated.ReceiveTimeMs));
        Assert.Equal(["park-management"], escalated.Audience);
        var answer = Assert.IsType<AlertEvent>(log[2]);
        Assert.Equal((AlertEventKind.Acknowledged, "wang", "safety", 3), (answer.Kind, answer.Actor, answer.Capacity, answer.Version));
        Assert.Equal(2, Assert.Single(plant.Engine.Alerts.Open()).Events.Count);
    }
}
