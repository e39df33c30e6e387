using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Rules.Tests.Alerts;

/// <summary>What people do to an alert, and what a rule does to what they did.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public void A_higher_tier_takes_back_the_acknowledgement_the_beginning_and_the_confirmations_and_begins_the_ladder_anew()
    {
        var board = new BoardScript("duties: { tiers: { general: { confirmations: [safety, customs], escalate: [{ unacknowledged: 1m, to: boss }] }, significant: { escalate: [{ unacknowledged: 1m, to: chief }] } } }");
        board.Rule(0, "a", Tier.General);
        board.Tick(60);
        Assert.Equal(["0 a firing general", "60 a escalated"], board.Story);
        board.Do(61, "a", AlertAction.Acknowledge);
        board.Do(62, "a", AlertAction.Dispose, "wang", ["safety"]);
        Assert.Equal(("li", true, 1), (board.Of("a").AcknowledgedBy, board.Of("a").IsBegun, board.Of("a").Confirmations.Count));
        board.Rule(100, "a", Tier.Significant);
        var status = board.Of("a");
        Assert.Equal(("", false, 0, Tier.Significant, 0u), (status.AcknowledgedBy, status.IsBegun, status.Confirmations.Count, status.DutyTier, status.Escalated));
        board.Tick(159);
        board.Tick(160);
        Assert.Equal(["160 a escalated"], board.StoryFrom(101));
    }

    [Fact]
    public void An_alert_that_ended_elsewhere_stays_where_it_fired()
    {
        var board = new BoardScript();
        board.Rule(0, "a", Tier.General, zone: "y");
        board.Rule(1, "a", Tier.Significant, zone: "z");
        Assert.Equal("z", board.Of("a").Zone);
        board.Rule(2, "a", Tier.None, zone: "x");
        Assert.Equal("z", board.Of("a").Zone);
    }

    [Fact]
    public void A_lower_tier_changes_nothing_of_the_duty()
    {
        var board = new BoardScript();
        board.Rule(0, "a", Tier.Major);
        board.Do(1, "a", AlertAction.Acknowledge);
        var before = board.Of("a");
        board.Rule(2, "a", Tier.General);
        var after = board.Of("a");
        Assert.Equal((before.AcknowledgedBy, before.DutyTier, before.DueMs), (after.AcknowledgedBy, after.DutyTier, after.DueMs));
        Assert.Equal((Tier.General, Tier.General), (after.Tier, after.LastTier));
    }

    [Fact]
    public void A_higher_tier_makes_the_due_time_earlier_and_never_later()
    {
        var board = new BoardScript();
        board.Rule(0, "a", Tier.General);
        var general = board.Of("a").DueMs!.Value;
        board.Rule(3600, "a", Tier.Significant);
        Assert.Equal(general - (5 * 3_600_000), board.Of("a").DueMs);
        board.Rule(6.9 * 3600, "a", Tier.Major);
        Assert.Equal(general - (5 * 3_600_000), board.Of("a").DueMs);
    }

    [Fact]
    public void A_condition_that_comes_back_wants_to_be_acknowledged_again_keeps_its_due_time_and_its_graver_duty()
    {
        var board = new BoardScript("duties: { tiers: { major: { escalate: [{ unacknowledged: 1m, to: boss }] } } }");
        board.Rule(0, "a", Tier.Major);
        board.Tick(60);
        board.Do(61, "a", AlertAction.Acknowledge);
        var due = board.Of("a").DueMs;
        var resolved = board.Rule(70, "a", Tier.None);
        Assert.Equal(["emergency-joint-group", "customs-joint-group"], resolved.Audience);
        board.Rule(80, "a", Tier.General);
        var again = board.Of("a");
        Assert.Equal(("", Tier.Major, due, 0u), (again.AcknowledgedBy, again.DutyTier, again.DueMs, again.Escalated));
        board.Tick(139);
        board.Tick(140);
        Assert.Equal(["140 a escalated"], board.StoryFrom(90));
        Assert.Equal(["emergency-joint-group", "customs-joint-group"], board.Rule(150, "a", Tier.None).Audience);
    }

    [Fact]
    public void A_condition_that_comes_back_after_the_disposal_begins_the_duty_anew_at_its_own_tier()
    {
        var board = new BoardScript();
        board.Rule(0, "a", Tier.Significant);
        board.Do(5, "a", AlertAction.Dispose);
        Assert.Equal(("li", "li", null), (board.Of("a").AcknowledgedBy, board.Of("a").DisposedBy, board.Of("a").DueMs));
        board.Rule(10, "a", Tier.None);
        board.Rule(100, "a", Tier.General);
        var status = board.Of("a");
        Assert.Equal((false, "", Tier.General), (status.IsDisposed, status.AcknowledgedBy, status.DutyTier));
        Assert.Equal(100_000 + (12 * 3_600_000L), status.DueMs - status.FiredMs);
    }

    [Fact]
    public void What_people_may_not_do_is_refused_with_the_reason()
    {
        var board = new BoardScript("duties: { max_shelve: 1h, tiers: { general: { verify: true } } }");
        board.Rule(0, "a", Tier.General);
        Refused("missing", board.Do(1, "a", AlertAction.Assign, with: command => command with { Assignee = "" }));
        Refused("why", board.Do(1, "a", AlertAction.Shelve, with: command => command with { Note = "" }));
        Refused("at most 60", board.Do(1, "a", AlertAction.Shelve, with: command => command with { DurationMs = 3_600_001 }));
        Refused("at most 60", board.Do(1, "a", AlertAction.Shelve, with: command => command with { DurationMs = 0 }));
        Refused("not shelved", board.Do(1, "a", AlertAction.Unshelve));
        Refused("what was done", board.Do(1, "a", AlertAction.Dispose, with: command => command with { Note = "" }));
        Refused("not disposed", board.Do(1, "a", AlertAction.Verify));
        Refused("it is open", board.Do(1, "a", AlertAction.Reopen));
        Refused("still fires", board.Do(1, "a", AlertAction.Close));
        Assert.True(board.Do(2, "a", AlertAction.Dispose, with: command => command with { Evidence = ["photo"] }).IsAccepted);
        Assert.Equal(["photo"], board.Log[^1].Fact!.Evidence);
        Refused("disposed of, by li", board.Do(3, "a", AlertAction.Dispose));
        Refused("still fires", board.Do(3, "a", AlertAction.Close));
        board.Rule(4, "a", Tier.None);
        Refused("verified", board.Do(5, "a", AlertAction.Close));
        Assert.True(board.Do(6, "a", AlertAction.Verify, "zhao").IsAccepted);
        Refused("zhao has verified", board.Do(7, "a", AlertAction.Verify, "qian"));
        Assert.True(board.Do(8, "a", AlertAction.Close).IsAccepted);
        Refused("closed", board.Do(9, "a", AlertAction.Acknowledge));
        Refused("why", board.Do(9, "a", AlertAction.Reopen, with: command => command with { Note = "" }));
    }

    [Fact]
    public void Whoever_confirmed_a_disposal_cannot_verify_it_or_confirm_it_twice()
    {
        var board = new BoardScript();
        board.Rule(0, "a", Tier.Major);
        Refused("safety and customs", board.Do(1, "a", AlertAction.Dispose));
        Assert.True(board.Do(2, "a", AlertAction.Dispose, "li", ["safety", "customs"]).IsAccepted);
        Refused("another person", board.Do(3, "a", AlertAction.Dispose, "li", ["customs"]));
        Refused("customs", board.Do(3, "a", AlertAction.Dispose, "zhao", ["safety"]));
        Assert.True(board.Do(4, "a", AlertAction.Dispose, "wang", ["customs"]).IsAccepted);
        Refused("cannot verify", board.Do(5, "a", AlertAction.Verify, "li"));
        Refused("cannot verify", board.Do(5, "a", AlertAction.Verify, "wang"));
        Assert.True(board.Do(6, "a", AlertAction.Verify, "zhao").IsAccepted);
    }

    [Fact]
    public void A_shelf_of_the_longest_time_is_taken_and_left_at_its_moment()
    {
        var board = new BoardScript("duties: { max_shelve: 1h }");
        board.Rule(0, "a", Tier.General);
        Assert.True(board.Do(0, "a", AlertAction.Shelve, with: command => command with { DurationMs = 3_600_000 }).IsAccepted);
        board.Ticks(3590, 3600);
        Assert.Equal(["3600 a unshelved"], board.StoryFrom(1));
    }

    [Fact]
    public void Closing_ends_a_shelf_and_flapping_and_opening_again_gives_the_duty_of_the_last_tier_and_a_new_due_time()
    {
        var board = new BoardScript("noise: { flapping: { changes: 3, within: 1m, steady_for: 1m } }\nduties: { tiers: { significant: { due: 2h } } }");
        board.Rule(0, "a", Tier.Major);
        board.Rule(1, "a", Tier.Significant);
        board.Rule(2, "a", Tier.None);
        Assert.True(board.Of("a").IsFlapping);
        board.Do(3, "a", AlertAction.Dispose, "x", ["safety"]);
        board.Do(3, "a", AlertAction.Dispose, "y", ["customs"]);
        board.Do(3, "a", AlertAction.Shelve);
        Assert.True(board.Do(4, "a", AlertAction.Close).IsAccepted);
        var closed = board.Of("a");
        Assert.Equal((true, false, false), (closed.IsClosed, closed.IsFlapping, closed.IsShelved));
        board.Ticks(5, 200);
        Assert.Empty(board.StoryFrom(5));
        Assert.True(board.Do(1000, "a", AlertAction.Reopen).IsAccepted);
        var open = board.Of("a");
        Assert.Equal((false, Tier.Significant, closed.FiredMs + 1_000_000 + (2 * 3_600_000L)), (open.IsClosed, open.DutyTier, open.DueMs));
        Assert.Equal(("", false, 0), (open.AcknowledgedBy, open.IsDisposed, open.Confirmations.Count));
    }

    [Fact]
    public void Never_two_alerts_of_one_rule_and_device_are_open()
    {
        var board = new BoardScript();
        var first = board.Rule(0, "a", Tier.General).AlertId;
        board.Rule(1, "a", Tier.None);
        Assert.Equal(first, board.Rule(2, "a", Tier.General).AlertId);
        board.Rule(3, "a", Tier.None);
        board.Do(4, "a", AlertAction.Dispose);
        board.Do(4, "a", AlertAction.Close);
        var version = board.Of("a").Version;
        Assert.NotEqual(first, board.Rule(5, "a", Tier.General).AlertId);
        Refused("never two", board.Do(6, "a", AlertAction.Reopen, with: command => command with { AlertId = first, ExpectedVersion = version }));
        Assert.Equal(1, board.Board.OpenCount);
    }

    [Fact]
    public void At_the_bound_of_open_alerts_the_oldest_whose_condition_is_gone_is_closed_and_none_that_fires()
    {
        var board = new BoardScript(maxOpen: 3);
        foreach (var device in (string[])["a", "b", "c"])
        {
            board.Rule(0, device, Tier.General);
        }

        board.Rule(1, "c", Tier.None);
        board.Rule(2, "b", Tier.None);
        Assert.Equal(3, board.Board.OpenCount);
        board.Rule(3, "d", Tier.General);
        Assert.Equal(["3 d firing general", "3 b closed"], board.StoryFrom(3));
        board.Rule(4, "e", Tier.General);
        board.Rule(5, "f", Tier.General);
        Assert.Equal(["4 e firing general", "4 c closed", "5 f firing general"], board.StoryFrom(4));
        Assert.Contains("more than 3", board.Log.Last(entry => entry.Fact?.Kind == AlertEventKind.Closed).Fact!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_alert_can_be_opened_again_while_many_others_are_closed()
    {
        var board = new BoardScript();
        for (var i = 0; i < 500; i++)
        {
            var device = $"d{i}";
            board.Rule(i, device, Tier.General);
            board.Rule(i, device, Tier.None);
            board.Do(i, device, AlertAction.Dispose);
            board.Do(i, device, AlertAction.Close);
        }

        Assert.True(board.Do(1000, "d0", AlertAction.Reopen).IsAccepted);
    }

    private static void Refused(string words, CommandAnswer answer)
    {
        Assert.False(answer.IsAccepted);
        Assert.Contains(words, answer.Refusal, StringComparison.Ordinal);
    }
}
