using Fengsui.Rules.Tests.Functions.Geo;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Schedules;

/// <summary>The scripts start on 2023-11-15 06:13:20 in Shanghai.</summary>
public sealed class DuringTests
{
    private const string Morning = "schedules: [{ name: morning, time_zone: Asia/Shanghai, from: \"06:14\", to: \"07:14\" }]";
    private const string ToMidnight = "schedules: [{ name: late, time_zone: Asia/Shanghai, from: \"18:00\", to: \"00:00\" }, { name: early, time_zone: Asia/Shanghai, from: \"00:00\", to: \"06:00\" }]";

    /// <summary>From the start to midnight in Shanghai.</summary>
    private const double Midnight = 64_000;

    [Fact]
    public void A_schedule_begins_and_ends_at_ticks_exactly()
    {
        var rule = new PositionRules("expr: 'during(morning)'", Morning);
        Assert.True(rule.Program.IsTimed);
        Assert.Equal("", rule.Tick(39.999));
        Assert.Equal("Firing", rule.Tick(40));
        Assert.Equal("", rule.Tick(3639.999));
        Assert.Equal("Resolved", rule.Tick(3640));
    }

    [Fact]
    public void A_schedule_across_midnight_does_not_miss_its_start_or_midnight()
    {
        var rule = new PositionRules("expr: 'during(late)', tiers: [{ tier: major, expr: 'during(early)' }]", ToMidnight);
        Assert.Equal("Firing", rule.Tick(Midnight - (6 * 3600)));
        Assert.Equal("", rule.Tick(Midnight - 0.001));
        Assert.Equal("TierChanged", rule.Tick(Midnight));
    }

    [Fact]
    public void Event_time_decides_and_not_the_time_of_arrival()
    {
        var rule = new PositionRules("expr: 'co > 20 and during(morning)'", Morning);
        Assert.Equal("", rule.Other(30, 25));
        Assert.Equal("Firing", rule.Other(40, 25));
    }

    [Fact]
    public void The_end_of_a_schedule_does_not_reset_the_duration_of_another_condition()
    {
        // The escalation gives up at 3640 s, when the schedule ends; the base has counted since 3600 s and goes on.
        var rule = new PositionRules("expr: 'co > 20', for: 90s, tiers: [{ tier: major, expr: 'co > 20 and during(morning)', for: 60s }]", Morning);
        for (var second = 3600; second < 3690; second++)
        {
            Assert.Equal("", rule.Other(second, 25) + rule.Tick(second + 0.5));
        }

        Assert.Equal("Firing", rule.Other(3690, 25));
    }

    [Fact]
    public void It_costs_a_device_no_memory_but_the_rule()
    {
        var with = new PositionRules("expr: 'co > 20 and during(morning)'", Morning).Program.StateBytes;
        var without = new PositionRules("expr: 'co > 20'", Morning).Program.StateBytes;
        Assert.InRange(with - without, 0, 16);
    }
}
