using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>An alarm that somebody has acknowledged is made once more by the next reading, or two of the same thing are open.</summary>
public sealed class RecreatedAfterAcknowledge
{
    private const string Gas = "- { alert: Gas, expr: co > 20, tier: general }";

    /// <summary>thingsboard#15583: the next breach after the acknowledgement.</summary>
    [Fact]
    public async Task An_acknowledged_alert_goes_on_and_is_not_made_again()
    {
        await using var plant = await Plant.StartAsync(Gas);
        await plant.RowAsync(1, "probe", ("co", 25));
        await plant.DoAsync(AlertAction.Acknowledge);
        await plant.HoldAsync(2, 30, "probe", ("co", 26));
        Assert.Equal(["1 Gas probe firing", "1 Gas probe acknowledged"], await plant.StoryAsync());
    }

    /// <summary>thingsboard#2986: it clears and comes back before anybody has closed it: the same alert, to be acknowledged anew.</summary>
    [Fact]
    public async Task A_condition_that_comes_back_while_the_alert_is_open_goes_on_under_the_same_alert()
    {
        await using var plant = await Plant.StartAsync(Gas);
        await plant.RowAsync(1, "probe", ("co", 25));
        await plant.DoAsync(AlertAction.Acknowledge);
        await plant.RowAsync(2, "probe", ("co", 5));
        await plant.CrashAsync();
        await plant.RowAsync(3, "probe", ("co", 25));
        var log = await plant.LogAsync();
        Assert.Single(log.Select(step => step.AlertId).Distinct());
        Assert.Equal([1, 2, 3], log.Select(step => step.Sequence));
        Assert.Equal(2, log.Select(step => step.Episode).Distinct().Count());
        Assert.Equal("", Assert.Single(plant.Engine.Alerts.Open()).Status!.AcknowledgedBy);
    }
}
