using Xunit;

namespace Fengsui.Devices.Tests.Zones;

public sealed class ZoneAggregateTests
{
    private const string Rules = """
              - { alert: High, tier: general, scope: zone, expr: "max(zone, co) > 20" }
              - { alert: Fan, tier: general, expr: "fan == 0 and any(zone, co > 20)" }

        """;

    [Fact]
    public void One_member_raises_an_alert_of_its_zone_at_its_reading_and_of_another_member_at_the_next_tick()
    {
        var rig = new SiteRig(Rules);
        rig.Device("a", "cave");
        rig.Device("b", "cave");
        rig.Device("fan-1", "cave");
        rig.Device("fan-2", "yard");
        rig.Row("fan-1", "fan", 0);
        rig.Row("fan-2", "fan", 0);
        rig.Row("a", "co", 5);
        rig.Row("b", "co", 25);
        Assert.Equal(["0 High zone cave firing"], rig.Alerts());
        rig.Until(0.5);
        rig.Row("fan-1", "fan", 0);
        Assert.Equal(["0.5 Fan fan-1 firing"], rig.Alerts());
        rig.Row("b", "co", 3);
        Assert.Equal(["0.5 High zone cave resolved"], rig.Alerts());
    }

    [Fact]
    public void A_member_that_falls_silent_is_left_out_of_a_maximum_but_keeps_any_and_all_unknown()
    {
        var rig = new SiteRig(Rules + """
              - { alert: Any, tier: general, scope: zone, expr: "any(zone, co > 20)" }
              - { alert: All, tier: general, scope: zone, expr: "all(zone, co > 20)" }

        """);
        rig.Device("a", "cave");
        rig.Device("b", "cave");
        rig.Row("b", "co", 25);
        rig.Row("a", "co", 25);
        rig.Until(50);
        rig.Row("b", "co", 5);
        Assert.Equal(
            ["0 High zone cave firing", "0 Any zone cave firing", "0 All zone cave firing", "50 All zone cave resolved"], rig.Alerts());
        rig.Until(60);
        Assert.Empty(rig.Alerts());
        rig.Until(500);
        Assert.Equal(["61 High zone cave resolved"], rig.Alerts());
        rig.Row("a", "co", 5);
        Assert.Empty(rig.Alerts());
        rig.Row("b", "co", 5);
        Assert.Equal(["500 Any zone cave resolved"], rig.Alerts());
    }

    [Fact]
    public void A_backlog_says_nothing_of_now_but_a_clock_that_is_hours_wrong_does()
    {
        var rig = new SiteRig(Rules);
        rig.Device("a", "cave");
        rig.Device("b", "cave");
        rig.Row("a", "co", 5);
        rig.Row("b", "co", 5, at: -28_800);
        rig.Until(7200);
        for (var back = 0; back < 7180; back += 10)
        {
            rig.Row("a", "co", 50, at: 10 + back);
        }

        Assert.Empty(rig.Alerts());
        rig.Row("a", "co", 5);
        rig.Row("b", "co", 50, at: -28_800 + 7200);
        Assert.Equal(["7200 High zone cave firing"], rig.Alerts());
    }

    [Fact]
    public void A_device_takes_what_it_said_along_when_it_changes_zone()
    {
        var rig = new SiteRig(Rules);
        rig.Device("a", "cave");
        rig.Row("a", "co", 25);
        rig.Until(10);
        rig.Device("a", "yard");
        Assert.Equal(["0 High zone cave firing", "10 High zone yard firing"], rig.Alerts());
        rig.Until(61);
        Assert.Empty(rig.Alerts());
    }

    [Fact]
    public void A_rule_about_zones_applies_where_a_device_that_it_selects_is()
    {
        const string rule = """
              - { alert: High, tier: general, scope: zone, select: { type: gas }, expr: "max(zone, co) > 20" }

        """;
        var rig = new SiteRig(rule);
        rig.Device("a", "cave", "gas");
        rig.Device("b", "cave", "other");
        rig.Row("b", "co", 50);
        Assert.Empty(rig.Alerts());
        rig.Row("a", "co", 50);
        Assert.Equal(["0 High zone cave firing"], rig.Alerts());
        rig.Device("a", "cave", "other");
        Assert.Equal(["0 High zone cave resolved"], rig.Alerts());
    }

    [Fact]
    public void New_rules_hear_at_once_what_members_said_before()
    {
        var rig = new SiteRig(Rules);
        rig.Device("a", "cave");
        rig.Device("b", "cave");
        rig.Row("a", "co", 25);
        rig.Row("b", "co", 5);
        rig.Until(10);
        rig.Rules("""
              - { alert: All, tier: general, scope: zone, expr: "all(zone, co > 4)" }
              - { alert: Mean, tier: general, scope: zone, expr: "avg(zone, co) == 15 and sum(zone, co) == 30 and count(zone, co > 4) == 2 and min(zone, co) == 5" }

        """);
        Assert.Equal(["0 High zone cave firing", "10 High zone cave resolved", "10 All zone cave firing", "10 Mean zone cave firing"], rig.Alerts());
    }
}
