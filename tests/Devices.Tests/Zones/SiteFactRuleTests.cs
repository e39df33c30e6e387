using Fengsui.Devices.Records;
using Fengsui.Rules.Zones.Site;
using Xunit;

namespace Fengsui.Devices.Tests.Zones;

public sealed class SiteFactRuleTests
{
    private const string Open = """
              - { alert: Open, tier: major, expr: lock == 1 and not permit_active() }

        """;

    [Fact]
    public void A_permit_that_ends_while_the_lock_is_open_fires_at_the_tick_without_a_reading()
    {
        var rig = new SiteRig(Open);
        rig.Device("lock-1", "cave");
        rig.Permit("cave", "p1", from: 0, to: 30);
        rig.Until(5);
        rig.Row("lock-1", "lock", 1);
        rig.Until(29);
        Assert.Empty(rig.Alerts());
        rig.Until(40);
        Assert.Equal(["30 Open lock-1 firing"], rig.Alerts());
        rig.Permit("cave", "p2", from: 40, to: 100);
        rig.Until(41);
        Assert.Equal(["41 Open lock-1 resolved"], rig.Alerts());
    }

    [Fact]
    public void A_lock_that_opens_without_a_permit_fires_at_its_own_reading_and_a_revoked_permit_is_none()
    {
        var rig = new SiteRig(Open);
        rig.Device("lock-1", "cave");
        rig.Device("lock-2", "yard");
        rig.Permit("cave", "p1", 0, 1000);
        rig.Until(5);
        rig.Row("lock-1", "lock", 1);
        rig.Row("lock-2", "lock", 1);
        Assert.Equal(["5 Open lock-2 firing"], rig.Alerts());
        rig.Say("cave", new PermitRevoked("p1"));
        rig.Permit("cave", "p1", 0, 1000);
        rig.Until(6);
        Assert.Equal(["6 Open lock-1 firing"], rig.Alerts());
    }

    [Fact]
    public void Two_persons_must_unlock_before_the_lock_opens_and_later_nobody_need()
    {
        var rig = new SiteRig("""
              - { alert: Alone, tier: major, latch: true, expr: "lock == true and changes(lock, 5 s) > 0 and unlock_persons(1 min) < 2" }

        """);
        rig.Device("lock-1", "cave");
        rig.Row("lock-1", "lock", 0);
        rig.Until(10);
        rig.Say("cave", new Unlocked("u1", "lock-1", "wang", rig.NowMs));
        rig.Say("cave", new Unlocked("u2", "lock-1", "wang", rig.NowMs));
        rig.Until(35);
        rig.Say("cave", new Unlocked("u3", "lock-1", "li", rig.NowMs));
        rig.Row("lock-1", "lock", 1);
        rig.Until(600);
        Assert.Empty(rig.Alerts());
        rig.Row("lock-1", "lock", 0);
        rig.Until(700);
        rig.Say("cave", new Unlocked("u4", "lock-1", "li", rig.NowMs));
        rig.Row("lock-1", "lock", 1);
        rig.Until(800);
        Assert.Equal(["700 Alone lock-1 firing"], rig.Alerts());
    }

    [Fact]
    public void Someone_still_inside_when_the_permit_ends_is_an_alert_of_the_zone()
    {
        var rig = new SiteRig("""
              - { alert: Inside, tier: major, scope: zone, expr: persons_inside() > 0 and not permit_active() }
              - { alert: Stranger, tier: general, scope: zone, expr: persons_without_permit() > 0 }
              - { alert: Soon, tier: general, scope: zone, expr: persons_inside() > 0 and permit_ends_in() < 10 s }

        """);
        rig.Permit("cave", "p1", 0, 30, "wang");
        rig.Device("person/wang", "cave", "person");
        rig.Until(5);
        Assert.Empty(rig.Alerts());
        rig.Device("person/li", "cave", "person");
        Assert.Equal(["5 Stranger zone cave firing"], rig.Alerts());
        rig.Device("person/li", "default", "person");
        Assert.Equal(["5 Stranger zone cave resolved"], rig.Alerts());
        rig.Until(35);
        Assert.Equal(["21 Soon zone cave firing", "30 Inside zone cave firing", "30 Stranger zone cave firing"], rig.Alerts());
        rig.Device("person/wang", "default", "person");
        Assert.Equal(["35 Inside zone cave resolved", "35 Stranger zone cave resolved", "35 Soon zone cave resolved"], rig.Alerts());
    }

    [Fact]
    public void A_missing_an_old_and_a_failed_gas_test_are_all_too_old()
    {
        var rig = new SiteRig("""
              - { alert: NoTest, tier: general, expr: lock == 1 and gas_test_age() > 30 min }

        """);
        rig.Device("lock-1", "cave");
        rig.Row("lock-1", "lock", 1);
        Assert.Equal(["0 NoTest lock-1 firing"], rig.Alerts());
        rig.Say("cave", new GasTested("g1", "wang", rig.NowMs, true, []));
        rig.Until(1);
        Assert.Equal(["1 NoTest lock-1 resolved"], rig.Alerts());
        rig.Until(1801);
        Assert.Equal(["1801 NoTest lock-1 firing"], rig.Alerts());
        rig.Say("cave", new GasTested("g2", "wang", rig.NowMs, true, []));
        rig.Until(1802);
        rig.Say("cave", new GasTested("g3", "wang", rig.NowMs, false, [new("o2", 19.1)]));
        rig.Until(1803);
        Assert.Equal(["1802 NoTest lock-1 resolved", "1803 NoTest lock-1 firing"], rig.Alerts());
    }

    [Fact]
    public void Goods_are_summed_by_substance_and_class_and_compared_with_their_limits()
    {
        var rig = new SiteRig("""
              - { alert: Over, tier: general, scope: zone, expr: over_quantity() > 0 }
              - { alert: Petrol, tier: general, scope: zone, expr: goods_quantity("1203") >= 2 t }
              - { alert: Flammable, tier: general, scope: zone, expr: goods_quantity("class 3") > 2500 }
              - { alert: Oxidising, tier: general, scope: zone, expr: goods_quantity("class 5") > 10 }

        """);
        rig.Say("store", new GoodsChanged("a", GoodsOperation.Set, "1203", "3", 1000, 1500));
        rig.Say("store", new GoodsChanged("b", GoodsOperation.Stored, "1203", "", 400, null));
        rig.Say("store", new GoodsChanged("b", GoodsOperation.Stored, "1203", "", 400, null));
        Assert.Empty(rig.Alerts());
        rig.Say("store", new GoodsChanged("c", GoodsOperation.Stored, "1203", "", 600, null));
        Assert.Equal(["0 Over zone store firing", "0 Petrol zone store firing"], rig.Alerts());
        rig.Say("store", new GoodsChanged("d", GoodsOperation.Stored, "1170", "3", 501, null));
        rig.Say("store", new GoodsChanged("e", GoodsOperation.Stored, "2014", "5.1", 11, null));
        Assert.Equal(["0 Flammable zone store firing", "0 Oxidising zone store firing"], rig.Alerts());
        rig.Say("store", new GoodsChanged("f", GoodsOperation.Removed, "1203", "", 9999, null));
        Assert.Equal(["0 Over zone store resolved", "0 Petrol zone store resolved", "0 Flammable zone store resolved"], rig.Alerts());
    }

    [Fact]
    public void A_latched_alert_of_a_device_or_a_zone_ends_when_a_person_resets_it_and_its_condition_is_over()
    {
        var rig = new SiteRig("""
              - { alert: Gas, tier: major, latch: true, expr: co > 20 }
              - { alert: Empty, tier: general, latch: true, scope: zone, expr: persons_inside() == 0 }

        """);
        rig.Device("a", "cave");
        rig.Row("a", "co", 25);
        Assert.Equal(["0 Empty zone cave firing", "0 Gas a firing"], rig.Alerts());
        rig.Until(10);
        rig.Say("cave", new AlertReset("r1", "g/Gas", "a"));
        rig.Say("cave", new AlertReset("r2", "g/Empty", ""));
        rig.Say("cave", new AlertReset("r3", "g/Gas", "nobody"));
        Assert.Empty(rig.Alerts());
        rig.Row("a", "co", 5);
        rig.Device("person/wang", "cave", "person");
        rig.Until(20);
        Assert.Empty(rig.Alerts());
        rig.Say("cave", new AlertReset("r4", "g/Gas", "a"));
        rig.Say("cave", new AlertReset("r5", "g/Empty", ""));
        Assert.Equal(["20 Gas a resolved", "20 Empty zone cave resolved"], rig.Alerts());
    }

    [Fact]
    public void Classes_that_the_table_keeps_apart_are_counted_in_pairs_while_both_are_there()
    {
        var rig = new SiteRig("""
              - { alert: Mixed, tier: general, scope: zone, expr: segregation_violations() > 0, tiers: [{ tier: major, expr: segregation_violations() >= 2 }] }
        segregation:
          edition: of this test
          classes: ["3", "5.1", "8"]
          cells: ["X 2 X", "2 X 1", "X 1 X"]

        """);
        rig.Say("store", new GoodsChanged("a", GoodsOperation.Set, "1203", "3", 1, null));
        rig.Say("store", new GoodsChanged("b", GoodsOperation.Set, "1170", "3", 1, null));
        rig.Say("store", new GoodsChanged("c", GoodsOperation.Set, "1830", "8", 1, null));
        Assert.Empty(rig.Alerts());
        rig.Say("store", new GoodsChanged("d", GoodsOperation.Set, "2014", "5.1", 1, null));
        rig.Say("store", new GoodsChanged("e", GoodsOperation.Removed, "1830", "", 1, null));
        rig.Say("store", new GoodsChanged("f", GoodsOperation.Removed, "2014", "", 1, null));
        Assert.Equal(["0 Mixed zone store firing", "0 Mixed zone store tierchanged", "0 Mixed zone store resolved"], rig.Alerts());
    }
}
