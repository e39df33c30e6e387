using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

/// <summary>What is held back, behind whom, and when it is told after all.</summary>
public sealed class NoiseBoardTests
{
    [Fact]
    public void Flapping_begins_with_the_very_step_that_is_too_many_and_ends_at_its_second()
    {
        var board = new BoardScript("noise: { flapping: { changes: 3, within: 1m, steady_for: 30s } }");
        board.Rule(0, "a", Tier.General);
        board.Rule(1, "a", Tier.None);
        Assert.False(board.Of("a").IsFlapping);
        board.Rule(2, "a", Tier.General);
        Assert.True(board.Of("a").IsFlapping);
        board.Rule(3, "a", Tier.None);
        board.Rule(4, "a", Tier.General);
        board.Ticks(5, 40);
        Assert.Equal(["2 a firing general", "2 a flapping", "3 a resolved [flapping]", "4 a firing general [flapping]", "34 a steady", "34 a released"], board.StoryFrom(2));
    }

    [Fact]
    public void Who_acknowledged_what_is_known_to_flap_need_not_do_so_at_each_return()
    {
        var board = new BoardScript("noise: { flapping: { changes: 3, within: 1m, steady_for: 30s } }");
        board.Rule(0, "a", Tier.General);
        board.Rule(1, "a", Tier.None);
        board.Rule(2, "a", Tier.General);
        board.Do(3, "a", AlertAction.Acknowledge);
        board.Rule(4, "a", Tier.None);
        board.Rule(5, "a", Tier.General);
        Assert.Equal("li", board.Of("a").AcknowledgedBy);
    }

    [Fact]
    public void What_is_shelved_stays_silent_though_it_has_become_steady_or_nobody_speaks_for_it_any_more()
    {
        var board = new BoardScript("noise: { flapping: { changes: 3, within: 1m, steady_for: 30s }, grouping: { within: 1m } }");
        board.Rule(0, "a", Tier.General);
        board.Rule(1, "a", Tier.None);
        board.Rule(2, "a", Tier.General);
        board.Rule(3, "a", Tier.None);
        board.Rule(4, "a", Tier.General);
        board.Do(5, "a", AlertAction.Shelve, with: command => command with { DurationMs = 100_000 });
        board.Ticks(6, 104);
        Assert.Equal(["34 a steady"], board.StoryFrom(6));
        board.Ticks(105, 106);
        Assert.Equal(["105 a unshelved", "105 a released"], board.StoryFrom(105));

        board.Rule(200, "b", Tier.General);
        board.Rule(201, "c", Tier.General);
        board.Do(202, "c", AlertAction.Shelve, with: command => command with { DurationMs = 100_000 });
        board.Rule(203, "b", Tier.None);
        board.Restart();
        board.Ticks(204, 302);
        Assert.Equal(["201 c firing general [grouped]", "202 c shelved", "203 b resolved", "203 c released [shelved]", "302 c unshelved", "302 c released"], board.StoryFrom(201));
    }

    [Fact]
    public void What_flaps_stays_silent_though_its_shelf_is_over()
    {
        var board = new BoardScript("noise: { flapping: { changes: 3, within: 1m, steady_for: 30s } }");
        board.Rule(0, "a", Tier.General);
        board.Do(0, "a", AlertAction.Shelve, with: command => command with { DurationMs = 10_000 });
        board.Rule(1, "a", Tier.None);
        board.Rule(2, "a", Tier.General);
        board.Ticks(3, 40);
        Assert.Equal(["2 a firing general [shelved]", "2 a flapping", "10 a unshelved", "32 a steady", "32 a released"], board.StoryFrom(2));
    }

    [Fact]
    public void A_graver_alert_is_not_grouped_behind_a_lesser_one_and_one_as_grave_is_within_the_time()
    {
        var board = new BoardScript("noise: { grouping: { within: 1m } }");
        board.Rule(0, "a", Tier.General);
        Assert.Equal(HoldReason.None, board.Rule(1, "b", Tier.Significant).HeldBy);
        Assert.Equal(HoldReason.Grouped, board.Rule(2, "c", Tier.Significant).HeldBy);
        Assert.Equal(HoldReason.Grouped, board.Rule(61, "d", Tier.General).HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(62, "e", Tier.General).HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(62, "f", Tier.General, zone: "other").HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(62, "g", Tier.General, cause: "fire").HeldBy);
        Assert.Equal(HoldReason.Grouped, board.Rule(63, "h", Tier.General, rule: "g/Other", cause: "fire").HeldBy);
    }

    [Fact]
    public void An_alert_explains_those_below_it_and_none_that_is_as_grave()
    {
        var board = new BoardScript("noise: { inhibit: [{ source: significant, target: [general] }, { source: major, target: [significant] }] }");
        board.Rule(0, "s", Tier.Significant);
        Assert.Equal(HoldReason.Inhibited, board.Rule(1, "a", Tier.General).HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(1, "t", Tier.Significant).HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(1, "b", Tier.General, zone: "other").HeldBy);
        board.Rule(2, "m", Tier.Major);
        Assert.Equal(HoldReason.Inhibited, board.Rule(3, "u", Tier.Significant).HeldBy);
    }

    [Fact]
    public void When_what_explains_steps_down_or_leaves_the_zone_the_others_are_told_unless_one_as_grave_is_left()
    {
        var board = new BoardScript("noise: { inhibit: [{ source: major }] }");
        board.Rule(0, "m", Tier.Major);
        board.Rule(1, "a", Tier.General);
        board.Rule(2, "m", Tier.General);
        Assert.Equal(["2 m changed general", "2 a released"], board.StoryFrom(2));
        board.Rule(10, "n", Tier.Major, zone: "y");
        board.Rule(11, "o", Tier.Major, zone: "y");
        board.Rule(12, "b", Tier.General, zone: "y");
        board.Rule(13, "n", Tier.General, zone: "y");
        Assert.Equal(["13 n changed general"], board.StoryFrom(13));
        board.Rule(14, "p", Tier.General, zone: "y");
        board.Rule(15, "o", Tier.CrossBorder, zone: "elsewhere");
        Assert.Equal(["14 p firing general [inhibited]", "15 o changed cross-border", "15 b released", "15 p released"], board.StoryFrom(14));
    }

    [Fact]
    public void A_lesser_alert_that_is_left_does_not_take_over_what_a_graver_one_explained()
    {
        var board = new BoardScript("noise: { inhibit: [{ source: major }] }");
        board.Rule(0, "s", Tier.Significant);
        board.Rule(1, "m", Tier.Major);
        board.Rule(2, "a", Tier.General);
        board.Rule(3, "m", Tier.None);
        Assert.Equal(["2 a firing general [inhibited]", "3 m resolved", "3 a released"], board.StoryFrom(2));
    }

    [Fact]
    public void Without_grouping_inhibition_flapping_and_floods_in_the_rules_everything_that_was_held_is_told_at_the_next_tick()
    {
        var board = new BoardScript("noise: { grouping: {}, inhibit: [{ source: major, target: [general] }], flapping: { changes: 3, within: 1m, steady_for: 1h }, flood: { alerts: 3, within: 1h, below: 1 } }");
        board.Rule(0, "m", Tier.Major, cause: "x");
        board.Rule(1, "a", Tier.General);
        board.Rule(2, "g", Tier.Major, cause: "x");
        foreach (var (second, tier) in new[] { (3, Tier.Significant), (4, Tier.None), (5, Tier.Significant), (6, Tier.None), (7, Tier.Significant) })
        {
            board.Rule(second, "f", tier);
        }

        board.Rule(8, "h", Tier.General, cause: "y", rule: "g/H", zone: "z");
        Assert.Equal(4, new[] { board.Of("a"), board.Of("g"), board.Of("f"), board.Of("h", "g/H") }.Count(status => status.HeldBy != HoldReason.None));
        board.Adopt("groups: []");
        board.Tick(9);
        Assert.Equal(["a", "f", "g", "h"], board.StoryFrom(9).Where(line => line.EndsWith("released", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_flood_holds_back_up_to_its_tier_marks_the_first_after_a_quiet_time_and_is_over_below_its_number()
    {
        var board = new BoardScript("noise: { flood: { alerts: 2, within: 10s, below: 2, up_to: significant } }");
        Assert.True(board.Rule(0, "a", Tier.General).IsFirstOut);
        Assert.False(board.Rule(1, "b", Tier.General).IsFirstOut);
        board.Rule(2, "c", Tier.General);
        Assert.Equal(HoldReason.Flood, board.Rule(3, "d", Tier.Significant).HeldBy);
        Assert.Equal(HoldReason.None, board.Rule(4, "e", Tier.Major).HeldBy);
        Assert.Equal(HoldReason.Flood, board.Rule(5, "f", Tier.General).HeldBy);
        board.Ticks(6, 20);
        Assert.Equal(["2 c flood-began", "14 c flood-ended", "14 d released", "14 f released"], board.Story.Where(line => line.Contains("flood-", StringComparison.Ordinal) || line.Contains("released", StringComparison.Ordinal)));
        Assert.False(board.Rule(15, "g", Tier.General).IsFirstOut);
        Assert.True(board.Rule(26, "h", Tier.General).IsFirstOut);
    }

    [Fact]
    public void A_quiet_time_is_over_when_it_is_longer_than_the_time_of_a_flood()
    {
        var board = new BoardScript("noise: { flood: { alerts: 2, within: 10s, below: 2 } }");
        board.Rule(0, "a", Tier.General);
        Assert.False(board.Rule(10, "b", Tier.General).IsFirstOut);
        Assert.True(board.Rule(20.001, "c", Tier.General).IsFirstOut);
    }

    /// <summary>A person with whose alert a flood was seen walks into another zone: the flood that ends is the one that began.</summary>
    [Fact]
    public void A_flood_ends_once_though_the_alert_with_which_it_was_seen_has_moved()
    {
        var board = new BoardScript("noise: { flood: { alerts: 2, within: 10s, below: 1 } }");
        board.Rule(0, "a", Tier.General);
        board.Rule(1, "b", Tier.General);
        board.Rule(2, "c", Tier.General);
        board.Rule(3, "d", Tier.General);
        board.Rule(4, "c", Tier.Significant, zone: "y");
        board.Restart();
        board.Ticks(5, 60);
        Assert.Equal(["13 c flood-ended", "13 d released"], board.StoryFrom(5));
        Assert.Equal(HoldReason.None, board.Rule(61, "e", Tier.General).HeldBy);
    }

    [Fact]
    public void Nothing_that_reaches_or_leaves_the_highest_tier_is_held_back()
    {
        var board = new BoardScript("noise: { grouping: {}, flapping: { changes: 3 }, inhibit: [{ source: cross-border }], flood: { alerts: 1, below: 1 } }");
        board.Rule(0, "x", Tier.CrossBorder);
        foreach (var tier in new[] { Tier.General, Tier.CrossBorder, Tier.General, Tier.CrossBorder, Tier.General, Tier.CrossBorder, Tier.None })
        {
            var step = board.Rule(1, "a", tier);
            Assert.True(step.HeldBy == HoldReason.None || (step.Tier != Tier.CrossBorder && step.PreviousTier != Tier.CrossBorder), $"{step}");
        }

        board.Rule(2, "b", Tier.General);
        board.Do(3, "b", AlertAction.Shelve);
        board.Rule(4, "b", Tier.CrossBorder);
        Assert.Equal(["4 b changed cross-border", "4 b unshelved"], board.StoryFrom(4).Take(2));
    }
}
