using Fengsui.Rules.Library.Maintenance;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class MaintenanceTests
{
    /// <summary>The script's clock begins at 2023-11-14T22:13:20Z: this window lasts from its 20th to its 40th second.</summary>
    private const string Window = "maintenance:\n  - { name: w, select: { device: d-1 }, rules: g/A, reason: calibration, from: 2023-11-14T22:13:40Z, to: '2023-11-15T06:14:00+08:00' }\n";

    [Fact]
    public void Nothing_new_fires_while_a_window_lasts() => Check("expr: temperature > 30", """
        19s999ms temperature=20
        20s temperature=31
        39s999ms temperature=31
        40s temperature=31 -> firing general @40s
        """);

    [Fact]
    public void Nothing_resolves_while_a_window_lasts() => Check("expr: temperature > 30", """
        10s temperature=31 -> firing general @10s
        20s temperature=20
        39s temperature=20
        40s temperature=20 -> resolved general
        """);

    [Fact]
    public void What_waited_when_it_began_waits_anew_after_it() => Check("expr: temperature > 30\nfor: 15s\nmax_gap: 1m", """
        10s temperature=31 -> pending @10s
        21s temperature=31 -> cancelled @10s
        30s temperature=20
        45s temperature=31 -> pending @45s
        59s temperature=31
        60s temperature=31 -> firing general @45s
        """, withPending: true);

    [Fact]
    public void A_tier_that_waited_waits_anew_after_it() => Check("expr: temperature > 30\ntiers: [{ tier: major, expr: temperature > 40, for: 15s, max_gap: 1m }]", """
        10s temperature=41 -> firing general @10s
        25s temperature=41
        50s temperature=41
        64s temperature=41
        65s temperature=41 -> tier general<major
        """);

    [Fact]
    public void Functions_go_on_being_fed() => Check("expr: n_of_m(3, 4, temperature > 30)", """
        25s temperature=31
        26s temperature=31
        27s temperature=31
        41s temperature=20 -> firing general @41s
        """);

    [Fact]
    public void A_tick_rests_too()
    {
        var script = Script("expr: stale(temperature, 10s)").Run("15s temperature=31");
        Assert.Equal("", script.Tick("30s"));
        Assert.Equal("firing general @41s", script.Tick("41s"));
    }

    [Fact]
    public void Only_the_selected_rules_and_devices_rest()
    {
        var rules = RuleSets.TextOfRule("expr: temperature > 30") + RuleSets.TextOfRule("expr: temperature > 30").Split("rules:\n")[1].Replace("alert: A", "alert: B", StringComparison.Ordinal);
        var set = RuleSets.Parse(Window + rules);
        new RuleScript(set).Run("20s temperature=31 -> firing general @20s");
        new RuleScript(set, device: "d-2").Run("20s temperature=31 -> firing general @20s; firing general @20s");
    }

    [Fact]
    public void A_window_added_by_a_reload_keeps_what_fires()
    {
        var script = new RuleScript(RuleSets.OfRule("expr: temperature > 30")).Run("0s temperature=31 -> firing general @0s");
        Assert.Equal("", script.Reload(RuleSets.Parse(Window + RuleSets.TextOfRule("expr: temperature > 30")), "10s"));
        script.Run("20s temperature=20\n40s temperature=20 -> resolved general");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", to: 2023-11-14T22:14:00Z", false)]
    [InlineData(", from: 2023-11-14T22:15:00Z", false)]
    [InlineData(", from: 2023-11-14T00:00Z, to: 2023-11-15T00:00Z", true)]
    public void A_window_may_come_back_by_a_schedule(string span, bool rests)
    {
        var text = $$"""
            maintenance: [{ name: bump, rules: g/A, reason: bump test, schedule: morning{{span}} }]
            schedules: [{ name: morning, time_zone: "+08:00", from: 06:14, to: 06:15 }]

            """;
        new RuleScript(RuleSets.Parse(text + RuleSets.TextOfRule("expr: temperature > 30"))).Run($"""
            39s temperature=20
            40s temperature=31{(rests ? "" : " -> firing general @40s")}
            1m39s temperature=31
            1m40s temperature=31{(rests ? " -> firing general @1m40s" : "")}
            """);
    }

    [Fact]
    public void A_window_is_visible()
    {
        var window = Assert.Single(RuleSets.Parse(Window + RuleSets.TextOfRule("expr: co > 1")).Maintenance);
        Assert.Equal(("w", "calibration", 20_000L), (window.Name, window.Reason, window.ToMs - window.FromMs));
    }

    [Fact]
    public void A_zone_rests_when_its_window_names_no_device()
    {
        var set = RuleSets.Parse(Window.Replace("device: d-1", "zone: z-*", StringComparison.Ordinal) + RuleSets.TextOfRule("expr: co > 1"));
        DeviceProfile zone = new("zone", []);
        Assert.NotEqual(zone, set.ProfileOfZone("z-1", zone));
        Assert.Same(zone, set.ProfileOfZone("y-1", zone));
    }

    [Theory]
    [InlineData("2023-12-14T22:13:40Z", 0)]
    [InlineData("2023-12-14T22:13:41Z", 1)]
    public void A_window_of_more_than_thirty_days_is_warned_of(string to, int warnings)
    {
        var text = Window.Replace("'2023-11-15T06:14:00+08:00'", to, StringComparison.Ordinal) + RuleSets.TextOfRule("expr: co > 1");
        var result = RuleSet.Parse([new RuleFile("a.yaml", text)]);
        Assert.NotNull(result.RuleSet);
        Assert.Equal(warnings, result.Diagnostics.Count(diagnostic => diagnostic.Code == DiagnosticCodes.LongMaintenance));
    }

    [Fact]
    public void There_is_a_bound_on_windows()
    {
        var windows = string.Concat(Enumerable.Range(0, MaintenanceSection.MaxWindows + 1).Select(index => Window.Split('\n')[1].Replace("name: w", $"name: w{index}", StringComparison.Ordinal) + "\n"));
        var result = RuleSet.Parse([new RuleFile("a.yaml", "maintenance:\n" + windows + RuleSets.TextOfRule("expr: co > 1"))]);
        Assert.Equal(DiagnosticCodes.OutOfRange, Assert.Single(result.Diagnostics).Code);
    }

    private static RuleScript Script(string rule, bool withPending = false) => new(RuleSets.Parse(Window + RuleSets.TextOfRule(rule)), withPending);

    private static void Check(string rule, string script, bool withPending = false) => Script(rule, withPending).Run(script);
}
