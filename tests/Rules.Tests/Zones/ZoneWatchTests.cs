using Fengsui.Rules.Model;
using Fengsui.Rules.Zones;
using Xunit;

namespace Fengsui.Rules.Tests.Zones;

public sealed class ZoneWatchTests
{
    private static readonly RuleSet Set = RuleSet.Parse([new RuleFile("r.yaml", """
        groups:
          - name: g
            rules:
              - { alert: Breathes, tier: general, select: { type: person }, expr: "max(zone, co) > 20 ppm" }
              - { alert: Cloud, tier: general, scope: zone, expr: "count(zone, lel > 25 %LEL) >= 2" }
        """)]).RuleSet!;

    [Theory]
    [InlineData("co", 30, false)]
    [InlineData("lel", 30, true)]
    [InlineData("lel", 10, false)]
    public void A_change_that_only_rules_of_devices_read_is_no_reason_to_run_those_about_the_zone(string metric, double value, bool isReason)
    {
        var metrics = new MetricTable();
        var device = new DeviceProfile("gas-detector", []);
        var program = RuleProgram.Compile(Set, device, metrics);
        var plan = program.PlanFor(new Shape(0, [metrics.Declare(metric)]));
        var state = program.CreateState();
        var zone = new ZoneState(Set);
        zone.Watch(RuleProgram.CompileZone(Set, new DeviceProfile("zone", []), _ => true, metrics));
        zone.Enter(1, "gas-1", device);

        program.Apply(state, plan, Moment.At(1_000), [1], [], new TransitionBuffer());
        zone.Contribute(1, program, plan, state, Moment.At(1_000));
        program.Apply(state, plan, Moment.At(2_000), [value], [], new TransitionBuffer());

        Assert.Equal(isReason, zone.Contribute(1, program, plan, state, Moment.At(2_000)));
    }

    [Fact]
    public void Where_no_rule_about_zones_applies_nothing_is()
    {
        var metrics = new MetricTable();
        var device = new DeviceProfile("gas-detector", []);
        var program = RuleProgram.Compile(Set, device, metrics);
        var plan = program.PlanFor(new Shape(0, [metrics.Declare("lel")]));
        var state = program.CreateState();
        var zone = new ZoneState(Set);
        zone.Watch(null);
        zone.Enter(1, "gas-1", device);
        program.Apply(state, plan, Moment.At(1_000), [30], [], new TransitionBuffer());

        Assert.False(zone.Contribute(1, program, plan, state, Moment.At(1_000)));
    }
}
