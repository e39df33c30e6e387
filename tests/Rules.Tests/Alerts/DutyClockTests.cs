using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

/// <summary>What time does to a duty, to the second.</summary>
public sealed class DutyClockTests
{
    private const string Quick = """
        duties:
          tiers:
            general: { due: 1m, grace: 30s, remind_every: 1m, max_reminders: 2, escalate: [{ unacknowledged: 1m, to: boss }, { undisposed: 2m, to: chief }] }
            significant: { audience: [second], restrict: false, due: 1m, remind_every: 0 }
            major: { audience: [third], due: 1m, remind_every: 0, escalate: [] }
        """;

    [Fact]
    public void Each_step_of_the_ladder_the_reminders_and_the_end_of_grace_come_at_their_second()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Ticks(1, 600);
        Assert.Equal(
            ["0 a firing general", "60 a escalated", "90 a overdue", "90 a customs-restriction", "120 a escalated", "180 a reminder", "240 a reminder"], board.Story);
        var facts = board.Log.Where(entry => entry.Fact is not null).Select(entry => entry.Fact!).ToList();
        Assert.Equal(["boss", "enterprise-safety second", "enterprise-safety second", "chief", "enterprise-safety", "enterprise-safety"], facts.Select(fact => string.Join(' ', fact.Audience)));
        Assert.Equal([1, 2], facts.Where(fact => fact.Kind == AlertEventKind.Escalated).Select(fact => fact.Level));
    }

    [Fact]
    public void Who_acknowledges_stops_the_first_ladder_and_not_the_second()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Do(30, "a", AlertAction.Acknowledge);
        board.Ticks(31, 130);
        Assert.Equal(["60 a reminder", "90 a overdue", "90 a customs-restriction", "120 a escalated"], board.StoryFrom(31));
    }

    [Fact]
    public void The_ladder_of_what_is_not_disposed_of_counts_from_the_duty_and_not_from_the_last_return()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Rule(90, "a", Tier.None);
        board.Rule(100, "a", Tier.General);
        board.Ticks(101, 125);
        Assert.Contains("120 a escalated", board.Story);
        Assert.DoesNotContain("101 a escalated", board.Story);
    }

    [Fact]
    public void Beginning_is_enough_for_some_tiers_and_not_for_others()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Rule(0, "b", Tier.Major);
        board.Do(10, "a", AlertAction.Dispose, with: command => command with { IsFinal = false });
        board.Do(10, "b", AlertAction.Dispose, with: command => command with { IsFinal = false });
        board.Ticks(11, 100);
        Assert.Contains("90 a overdue", board.Story);
        Assert.DoesNotContain(board.Story, line => line.Contains("b overdue", StringComparison.Ordinal));
    }

    [Fact]
    public void A_restriction_comes_only_where_it_is_asked_for_and_ends_with_the_duty_or_the_policy()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Rule(0, "b", Tier.Significant);
        board.Ticks(1, 100);
        Assert.Contains("60 b overdue", board.Story);
        Assert.Equal(["90 a customs-restriction"], board.Story.Where(line => line.EndsWith("restriction", StringComparison.Ordinal)));
        board.Do(101, "a", AlertAction.Dispose);
        Assert.Equal(["101 a disposed", "101 a restriction-lifted"], board.StoryFrom(101));
        Assert.False(board.Of("a").IsRestricting);
    }

    [Fact]
    public void What_the_bound_closes_is_not_restricting_any_more()
    {
        var board = new BoardScript(Quick, maxOpen: 1);
        board.Rule(0, "a", Tier.General);
        board.Rule(5, "a", Tier.None);
        board.Ticks(6, 100);
        Assert.True(board.Of("a").IsRestricting);
        board.Rule(101, "b", Tier.General);
        Assert.Equal(["101 b firing general", "101 a closed", "101 a restriction-lifted"], board.StoryFrom(101));
    }

    [Fact]
    public void Reminders_of_what_is_shelved_are_held_back_and_overdue_is_told()
    {
        var board = new BoardScript(Quick);
        board.Rule(0, "a", Tier.General);
        board.Do(1, "a", AlertAction.Acknowledge);
        board.Do(1, "a", AlertAction.Shelve, with: command => command with { DurationMs = 200_000 });
        board.Ticks(2, 95);
        Assert.Equal(["60 a reminder [shelved]", "90 a overdue", "90 a customs-restriction"], board.StoryFrom(2));
    }

    [Fact]
    public void What_is_due_at_one_time_comes_in_the_order_of_the_alerts()
    {
        var board = new BoardScript(Quick);
        foreach (var device in (string[])["c", "a", "b"])
        {
            board.Rule(0, device, Tier.General);
        }

        board.Tick(60);
        Assert.Equal(["60 c escalated", "60 a escalated", "60 b escalated"], board.StoryFrom(60));
        board.Restart();
        board.Tick(90);
        Assert.Equal(["90 c overdue", "90 c customs-restriction", "90 a overdue", "90 a customs-restriction", "90 b overdue", "90 b customs-restriction"], board.StoryFrom(90));
    }

    [Fact]
    public void The_bound_on_reminders_holds_whatever_else_becomes_due()
    {
        var board = new BoardScript("duties: { tiers: { general: { remind_every: 1m, max_reminders: 1, escalate: [] } } }");
        board.Rule(0, "a", Tier.General);
        board.Tick(60);
        board.Do(100, "a", AlertAction.Shelve, with: command => command with { DurationMs = 100_000 });
        board.Ticks(101, 300);
        Assert.Equal(["60 a reminder", "100 a shelved", "200 a unshelved"], board.StoryFrom(1));
    }

    [Fact]
    public void Other_duties_hold_for_what_is_open_already()
    {
        var board = new BoardScript("duties: { tiers: { general: { remind_every: 0, escalate: [] } } }");
        board.Rule(0, "a", Tier.General);
        board.Tick(10);
        board.Adopt("duties: { tiers: { general: { remind_every: 1m, escalate: [] } } }");
        board.Ticks(11, 60);
        Assert.Equal(["60 a reminder"], board.StoryFrom(1));
    }

    [Fact]
    public void Timers_of_alerts_that_change_all_the_time_are_all_kept()
    {
        var board = new BoardScript("duties: { tiers: { general: { due: 1h, remind_every: 0, escalate: [] } } }");
        for (var device = 0; device < 10; device++)
        {
            board.Rule(0, $"d{device}", Tier.General);
        }

        // Each shelf sets a timer anew: thousands that are out of date, beside those that nobody has touched since.
        for (var round = 0; round < 2000; round++)
        {
            board.Do(1, round < 10 ? $"d{round}" : "d0", AlertAction.Shelve, with: command => command with { DurationMs = 1_800_000 - round });
        }

        board.Tick(1801);
        Assert.Equal(10, board.Story.Count(line => line.EndsWith("unshelved", StringComparison.Ordinal)));
        board.Tick(3600);
        Assert.Equal(10, board.Story.Count(line => line.EndsWith("overdue", StringComparison.Ordinal)));
    }
}
