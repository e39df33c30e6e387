using Fengsui.Devices.Alerts;
using Fengsui.Devices.Records;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts;

public sealed class AlertCommandTests
{
    private const string Hot = "- { alert: Hot, tier: general, expr: t > 50 }";

    [Fact]
    public void A_record_gives_back_what_was_written()
    {
        var command = new AlertCommand
        {
            Id = "c",
            AlertId = "a",
            ExpectedVersion = 7,
            Action = AlertAction.Dispose,
            Note = "已处置",
            Evidence = ["a.jpg", "b"],
            Assignee = "li",
            DurationMs = 5,
            IsFinal = false,
        };
        var read = AlertCommandRecord.Decode(new AlertCommandRecord(3, "wang", ["safety", "customs"], command).Encode());
        Assert.Equal((3, "wang", "safety customs"), (read.TimeMs, read.Author, string.Join(' ', read.Capacities)));
        Assert.Equal(command with { Evidence = read.Command.Evidence }, read.Command);
        Assert.Equal(command.Evidence, read.Command.Evidence);
    }

    [Fact]
    public async Task Of_two_commands_on_one_version_one_is_done_and_the_other_is_told_of_the_conflict()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.Engine.DrainAsync(CancellationToken.None);
        var alert = plant.Engine.Alerts.List(false)[0];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(who => Task.Run(() => plant.Engine.AlertDesk.SubmitAsync(
            new AlertCommand { Id = $"by-{who}", AlertId = alert.Id, ExpectedVersion = 1, Action = AlertAction.Assign, Assignee = $"p{who}" }, $"p{who}", [], CancellationToken.None))));
        var done = Assert.Single(answers, answer => answer.Outcome == AlertCommandOutcome.Accepted);
        Assert.All(answers.Where(answer => answer != done), answer => Assert.Equal((AlertCommandOutcome.Conflict, 2), (answer.Outcome, answer.Version)));
        Assert.Equal(done.Entry!.Assignee, plant.Engine.Alerts.Find(alert.Id)!.Status!.Assignee);
    }

    [Fact]
    public async Task A_command_that_is_sent_again_gets_the_same_answer_also_after_a_crash()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        var first = await plant.DoAsync(AlertAction.Acknowledge, with: command => command with { Id = "mine" });
        await plant.CrashAsync();
        var again = await plant.DoAsync(AlertAction.Acknowledge, with: command => command with { Id = "mine", ExpectedVersion = 1 });
        Assert.Equal((AlertCommandOutcome.Accepted, first.Entry!.Id), (again.Outcome, again.Entry!.Id));
        Assert.Equal(["0 Hot d firing", "0 Hot d acknowledged"], await plant.StoryAsync());
    }

    [Fact]
    public async Task Nobody_can_act_on_what_is_not_known_or_with_a_command_out_of_bounds()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        Assert.Equal(AlertCommandOutcome.NotFound, (await plant.DoAsync(AlertAction.Acknowledge, with: command => command with { AlertId = "none" })).Outcome);
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Acknowledge, with: command => command with { Note = new string('x', 5_000) })).Outcome);
        Assert.Equal(AlertCommandOutcome.Refused, (await plant.DoAsync(AlertAction.Shelve, with: command => command with { DurationMs = long.MaxValue })).Outcome);
    }

    [Fact]
    public async Task A_closed_alert_can_be_opened_again_unless_there_is_another_of_the_same_rule_and_device()
    {
        await using var plant = await Plant.StartAsync(Hot);
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.RowAsync(1, "d", ("t", 10));
        await plant.DoAsync(AlertAction.Dispose);
        var closed = (await plant.DoAsync(AlertAction.Close)).Entry!;
        Assert.Equal(AlertEventKind.Reopened, (await plant.DoAsync(AlertAction.Reopen)).Entry!.Kind);
        await plant.DoAsync(AlertAction.Dispose);
        var version = (await plant.DoAsync(AlertAction.Close)).Version;
        await plant.RowAsync(2, "d", ("t", 60));
        var refused = await plant.DoAsync(AlertAction.Reopen, with: command => command with { AlertId = closed.AlertId, ExpectedVersion = version });
        Assert.Contains("never two", refused.Reason, StringComparison.Ordinal);
    }
}
