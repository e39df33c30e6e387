using Xunit;

namespace Fengsui.Devices.Tests.Zones;

public sealed class TimePassesTests
{
    private const string Absent = """
              - { alert: Silent, tier: general, select: { type: sensor }, expr: "absent(co, 30 s)" }

        """;

    [Fact]
    public void A_device_that_never_reported_is_missed_and_one_that_reports_is_not()
    {
        var rig = new SiteRig(Absent);
        rig.Device("never", "cave");
        rig.Device("talks", "cave");
        rig.Device("other", "cave", "pump");
        for (var second = 10; second <= 100; second += 10)
        {
            rig.Until(second);
            rig.Row("talks", "co", 1);
        }

        Assert.Equal(["31 Silent never firing"], rig.Alerts());
        rig.Row("never", "co", 1);
        Assert.Equal(["100 Silent never resolved"], rig.Alerts());
        rig.Until(140);
        Assert.Equal(["130 Silent never firing", "130 Silent talks firing"], rig.Alerts().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_outage_of_the_server_is_not_the_silence_of_every_device()
    {
        var rig = new SiteRig(Absent);
        rig.Device("a", "cave");
        rig.Row("a", "co", 1);
        rig.Until(10);
        rig.Outage(3600);
        rig.Until(3615);
        Assert.Empty(rig.Alerts());
        rig.Row("a", "co", 1);
        rig.Until(3640);
        Assert.Empty(rig.Alerts());
        rig.Until(3700);
        Assert.Equal(["3645 Silent a firing"], rig.Alerts());
    }

    [Fact]
    public void A_change_of_rules_or_type_starts_and_ends_the_ticks_of_a_device()
    {
        var rig = new SiteRig("""
              - { alert: High, tier: general, expr: co > 20 }

        """);
        rig.Device("a", "cave", "pump");
        rig.Until(5);
        rig.Rules(Absent);
        rig.Until(100);
        Assert.Empty(rig.Alerts());
        rig.Device("a", "cave");
        rig.Until(200);
        Assert.Single(rig.Alerts(), alert => alert.EndsWith("Silent a firing", StringComparison.Ordinal));
        rig.Device("a", "cave", "pump");
        Assert.Equal(["200 Silent a resolved"], rig.Alerts());
        rig.Until(300);
        Assert.Empty(rig.Alerts());
    }

    [Fact]
    public void A_persons_exposure_follows_them_from_zone_to_zone()
    {
        var rig = new SiteRig("""
              - { alert: Dose, tier: general, select: { type: person }, expr: "stel(max(zone, co)) > 30" }

        """);
        rig.Device("person/wang", "cave", "person");
        rig.Device("person/li", "yard", "person");
        rig.Device("a", "cave");
        rig.Device("b", "tank");
        for (var second = 10; second <= 600; second += 10)
        {
            rig.Until(second);
            rig.Row("a", "co", 40);
            rig.Row("b", "co", 40);
            if (second == 300)
            {
                Assert.Empty(rig.Alerts());
                rig.Device("person/wang", "tank", "person");
                rig.Device("person/li", "tank", "person");
            }
        }

        // Fifteen minutes at 30 are eleven and a quarter at 40; half of them he spent in another zone.
        Assert.Empty(rig.Alerts());
        for (var second = 610; second <= 720; second += 10)
        {
            rig.Until(second);
            rig.Row("b", "co", 40);
        }

        Assert.Single(rig.Alerts(), alert => alert.Contains("Dose person/wang firing", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_member_does_not_report_any_more_can_be_told_by_its_zone()
    {
        var rig = new SiteRig("""
              - { alert: Blind, tier: general, scope: zone, select: { type: sensor }, expr: "count(zone, absent(co, 30 s)) >= 2" }

        """);
        rig.Device("a", "cave");
        rig.Device("b", "cave");
        rig.Row("a", "co", 1);
        rig.Until(20);
        rig.Row("a", "co", 1);
        rig.Until(45);
        Assert.Empty(rig.Alerts());
        rig.Until(60);
        Assert.Equal(["50 Blind zone cave firing"], rig.Alerts());
    }
}
