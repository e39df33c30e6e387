using Fengsui.Api.Commands.Alerts;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Delivery;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Fengsui.Rules.Alerts;

namespace Fengsui.Api.Tests.Commands.Alerts;

/// <summary>What people read of an alert's story.</summary>
public sealed class StoryReportTests
{
    [Theory]
    [InlineData("en", "(subscribers are not recorded)", "MQTT alerts/major/hall-3/d, bridge/site: park/major/hall-3/d; event 12 of /api/v1/alerts/stream", "no key (loopback)", "No receiver has been told")]
    [InlineData("zh", "（不记录订阅者）", "MQTT alerts/major/hall-3/d, bridge/site: park/major/hall-3/d；事件流 12 号", "无密钥（本机）", "没有向任何接收方投递的记录")]
    public void Where_an_entry_was_published_is_told_and_who_needed_no_key(string language, params string[] told)
    {
        var fired = Notices.Transition();
        var seen = new AlertEvent
        {
            AlertId = "a1",
            Version = 2,
            Kind = AlertEventKind.Acknowledged,
            IsFiring = true,
            Tier = fired.Tier,
            Rule = fired.Rule,
            Device = fired.Device,
            Zone = fired.Zone,
            ReceiveTimeMs = fired.ReceiveTimeMs + 1,
            JournalPosition = 900,
            JournalIndex = 0,
            Labels = fired.Labels,
            Actor = Caller.NoKey,
            Capacity = "no-key",
        };
        var story = new AlertStory
        {
            AlertId = "a1",
            Entries = [fired, seen],
            Records = [],
            Publications = [new AlertPublication(fired, 12, ["alerts/major/hall-3/d", "bridge/site: park/major/hall-3/d"]), new AlertPublication(seen, 0, [])],
        };
        using var output = new StringWriter();
        new StoryReport(story, StoryWords.Of(language), output).Write();
        var text = output.ToString();
        Assert.All(told, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("no-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("viewer", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_acts_in_the_capacities_of_roles_that_may_act()
    {
        Assert.Equal(["no-key", "operator", "safety", "customs", "admin"], Caller.Local.Capacities);
        Assert.Equal("no key (loopback)", Caller.Local.Author);
        Assert.Equal(["safety"], new Caller("li", "li", Roles.Viewer | Roles.Safety | Roles.Auditor).Capacities);
        Assert.Empty(new Caller("x", "x", Roles.Viewer).Capacities);
    }
}
