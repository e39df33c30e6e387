using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Library;

public sealed class OverrideTests
{
    private const string Table = "setpoints: { hot: { by: type, values: { t: 30 } } }\n";
    private static readonly DeviceProfile Profile = new("t", [new("site", "east")]);

    [Theory]
    [InlineData("device: wh-07", true)]
    [InlineData("device: wh-*", true)]
    [InlineData("device: [a, 'w?-0*7']", true)]
    [InlineData("device: wh-08", false)]
    [InlineData("zone: warehouse-7", true)]
    [InlineData("zone: warehouse-8", false)]
    [InlineData("type: t", true)]
    [InlineData("type: u", false)]
    [InlineData("labels: { site: [west, east] }", true)]
    [InlineData("labels: { site: west }", false)]
    [InlineData("device: wh-07, zone: warehouse-8", false)]
    public void Is_for_the_devices_that_it_selects(string selector, bool isFor)
    {
        var set = Set($"  - {{ {selector}, setpoints: {{ hot: 20 }} }}\n", "expr: temperature > setpoint(hot)");
        Script(set).Run($"0s temperature=25{(isFor ? " -> firing general @0s" : "")}");
    }

    [Fact]
    public void Where_two_are_about_the_same_the_later_one_holds() => Script(Set(
        "  - { device: '*', setpoints: { hot: 20 } }\n  - { device: wh-07, setpoints: { hot: 50 } }\n", "expr: temperature > setpoint(hot)")).Run("""
        0s temperature=49
        1s temperature=51 -> firing general @1s
        """);

    [Theory]
    [InlineData("  - { device: wh-07, rule: g/A, disabled: true }\n", 0)]
    [InlineData("  - { device: wh-07, rule: g/*, disabled: true }\n", 0)]
    [InlineData("  - { device: other, rule: g/A, disabled: true }\n", 1)]
    [InlineData("  - { zone: '*', rule: g/*, disabled: true }\n  - { device: wh-07, rule: g/A, disabled: false }\n", 1)]
    public void Switches_rules_off_for_a_device(string overrides, int rules)
    {
        var set = Set(overrides, "expr: temperature > 30");
        Assert.Equal(rules, RuleProgram.Compile(set, set.ProfileOf("wh-07", "warehouse-7", Profile), new MetricTable()).Rules.Count);
    }

    [Fact]
    public void Gives_a_device_another_for_and_the_gap_goes_with_it() => Script(Set("  - { device: wh-07, rule: g/A, for: 10s }\n", "expr: temperature > 30")).Run("""
        0s temperature=31
        9s999ms temperature=31
        10s temperature=31 -> firing general @0s
        """);

    [Fact]
    public void A_gap_that_was_written_stays() => Script(Set("  - { device: wh-07, rule: g/A, for: 10s }\n", "expr: temperature > 30\nfor: 2s\nmax_gap: 3s")).Run("""
        0s temperature=31
        4s temperature=31
        7s temperature=31
        10s temperature=31
        13s temperature=31
        14s temperature=31 -> firing general @4s
        """);

    [Fact]
    public void A_new_override_starts_anew_only_what_it_changes()
    {
        var plain = Set("", "expr: temperature > setpoint(hot)");
        var own = Set("  - { device: wh-07, setpoints: { hot: 29 } }\n", "expr: temperature > setpoint(hot)");
        var same = Set("  - { device: wh-07, setpoints: { hot: 30 } }\n", "expr: temperature > setpoint(hot)");
        Assert.Equal("resolved general by rule change", Fired(plain).Reload(own, "1s"));
        Assert.Equal("", Fired(plain).Reload(same, "1s"));

        static RuleScript Fired(RuleSet set) => Script(set).Run("0s temperature=31 -> firing general @0s");
    }

    [Fact]
    public void Thousands_of_overrides_are_found_in_the_order_of_the_file()
    {
        var many = string.Concat(Enumerable.Range(0, 1000).Select(number => $"  - {{ device: [d-{number}, d-{number + 1}], setpoints: {{ hot: {number} }} }}\n"));
        var set = Set(many + "  - { zone: last, setpoints: { hot: -1 } }\n", "expr: temperature > setpoint(hot)");
        new RuleScript(set, profile: Profile, device: "d-500").Run("0s temperature=500\n1s temperature=501 -> firing general @1s");
        new RuleScript(set, profile: Profile, device: "d-500", zone: "last").Run("0s temperature=-1\n1s temperature=0 -> firing general @1s");
        new RuleScript(set, profile: Profile, device: "d-2000").Run("0s temperature=30\n1s temperature=31 -> firing general @1s");
    }

    [Fact]
    public void Devices_share_a_profile_unless_an_override_is_for_one_of_them()
    {
        var set = Set("  - { device: wh-0*, setpoints: { hot: 20 } }\n", "expr: temperature > setpoint(hot)");
        Assert.Same(Profile, set.ProfileOf("other", "z", Profile));
        Assert.Equal(set.ProfileOf("wh-01", "z", Profile), set.ProfileOf("wh-02", "y", Profile));
        Assert.NotEqual(Profile, set.ProfileOf("wh-01", "z", Profile));
        Assert.Same(Profile, set.ProfileOfZone("z", Profile));
    }

    private static RuleSet Set(string overrides, string rule) =>
        RuleSets.Parse(Table + (overrides.Length == 0 ? "" : "overrides:\n" + overrides) + RuleSets.TextOfRule(rule));

    private static RuleScript Script(RuleSet set) => new(set, profile: Profile, device: "wh-07", zone: "warehouse-7");
}
