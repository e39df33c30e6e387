using Fengsui.Rules.Tests.Functions;
using Xunit;

namespace Fengsui.Rules.Tests.KnownFailures;

/// <summary>
/// Too many messages of one alarm. Reminders while it is active are a matter of who is told and when; here stands that rules
/// give each step once.
/// </summary>
public sealed class RepeatRemindersWhileActive
{
    /// <summary>apache/hertzbeat#937: each reading over the limit is told again.</summary>
    [Fact]
    public void An_alert_that_goes_on_gives_no_second_step()
    {
        var script = new TickScript("expr: co > 20 or absent(co, 1h)");
        for (var second = 0; second < 3600; second++)
        {
            script.Row(second, ("co", 25 + (second % 7))).Ticks(second + 0.5, second + 0.5);
        }

        Assert.Equal("firing@0", script.Steps);
    }
}
