using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>There are no reminders of what nobody sees to, or far too many.</summary>
public sealed class RepeatRemindersWhileActive
{
    /// <summary>thingsboard#7898, netdata#2956: there are none; apache/hertzbeat#937: one for each reading.</summary>
    [Fact]
    public async Task Reminders_come_at_their_time_however_many_readings_there_are_and_end_with_the_disposal()
    {
        await using var plant = await Plant.StartAsync("- { alert: Gas, expr: co > 20, tier: significant }");
        await plant.HoldAsync(0, 60, "probe", ("co", 25));
        await plant.DoAsync(AlertAction.Acknowledge);
        await plant.HoursAsync(0.25, 5);
        await plant.RestartAsync();
        await plant.DoAsync(AlertAction.Dispose);
        await plant.HoursAsync(5.25, 24);
        Assert.Equal(
            ["0 Gas probe firing", "60 Gas probe acknowledged", "7200 Gas probe reminder", "14400 Gas probe reminder", "18000 Gas probe disposed"], await plant.StoryAsync());
    }
}
