using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Audit;
using Fengsui.Devices.Tests.Alerts;
using Fengsui.Devices.Tests.Alerts.Outbox;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules.Alerts;
using Xunit;

namespace Fengsui.Devices.Tests.KnownFailures;

/// <summary>Afterwards nobody can say whom an alarm was told to, who took it on, and when.</summary>
public sealed class NoNotificationHistory
{
    /// <summary>alertmanager#172, #560, #1976: a log of what was told to whom, over restarts.</summary>
    [Fact]
    public async Task Who_was_to_be_told_and_who_answered_is_on_record_after_a_crash()
    {
        await using var plant = await Plant.StartAsync("- { alert: Gas, expr: co > 20, tier: significant }");
        await plant.RowAsync(0, "probe", ("co", 25));
        await plant.HoursAsync(0.25, 1);
        await plant.DoAsync(AlertAction.Acknowledge, "wang", "safety");
        await plant.CrashAsync();
        var log = plant.Engine.ReadAlertLog(0, 10).Select(pair => pair.Value).ToList();
        Assert.Equal(["park-supervisor", "customs-on-site"], log[0].Audience);
        var escalated = Assert.IsType<AlertEvent>(log[1]);
        Assert.Equal((AlertEventKind.Escalated, 1, Plant.T0 + 1_800_000), (escalated.Kind, escalated.Level, escalated.ReceiveTimeMs));
        Assert.Equal(["park-management"], escalated.Audience);
        var answer = Assert.IsType<AlertEvent>(log[2]);
        Assert.Equal((AlertEventKind.Acknowledged, "wang", "safety", 3), (answer.Kind, answer.Actor, answer.Capacity, answer.Version));
        Assert.Equal(2, Assert.Single(plant.Engine.Alerts.Open()).Events.Count);
    }

    /// <summary>alertmanager#560, #1976: which receiver was told of which step when, how often it was tried and what it answered.</summary>
    [Fact]
    public async Task Each_attempt_to_tell_a_receiver_is_on_record_with_its_answer()
    {
        using var directory = new TemporaryDirectory();
        using (var log = AuditLog.Open(new AuditOptions { Directory = directory.Path, Fsync = false, SyncInterval = TimeSpan.Zero }, TimeProvider.System))
        await using (var bench = new OutboxBench { Journal = log })
        {
            log.Start();
            var answers = new Queue<DeliveryAnswer>([DeliveryAnswer.Unavailable("503 Service Unavailable"), DeliveryAnswer.Refused("422 no"), DeliveryAnswer.Taken("200 OK")]);
            var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 1 }) { Answer = (_, _) => Task.FromResult(answers.Dequeue()) };
            var outbox = bench.Start(receiver);
            bench.Publish(AlertSamples.At(1, alert: "a1"), AlertSamples.At(2, alert: "a2"));
            await receiver.WaitForAsync(1);
            await outbox.DisposeAsync();
            await log.DurableAsync(CancellationToken.None);
        }

        var told = AuditFiles.Read(directory.Path).Where(entry => entry.Record.Kind == AuditKind.Delivery).ToList();
        Assert.All(told, entry => Assert.Equal("r", entry.Record.Subject));
        Assert.Equal(
            ["a1-1 deferred 503 Service Unavailable", "a1-1 failed 422 no", "a2-1 delivered 200 OK"],
            told.Select(entry => $"{StoryDetail.Text(entry, "entries")} {StoryDetail.Text(entry, "outcome")} {StoryDetail.Text(entry, "answer")}"));
    }
}
