using System.Collections.Concurrent;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Outbox;

public sealed class ReceiverOutboxTests
{
    [Fact]
    public async Task Tells_every_entry_and_those_of_one_alert_in_order_with_several_under_way()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 8 });
        var together = new SemaphoreSlim(0);
        var first = 0;

        // The first four wait for each other: they can only go on when they are under way at the same time.
        receiver.Answer = async (_, cancel) =>
        {
            if (Interlocked.Increment(ref first) is <= 4 and var call)
            {
                if (call == 4)
                {
                    together.Release(4);
                }

                await together.WaitAsync(cancel);
            }

            return DeliveryAnswer.Taken("ok");
        };
        bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(20, 1, 10));
        await receiver.WaitForAsync(200);
        AssertInOrder(receiver.Taken, bench.Ids());
        Assert.InRange(receiver.MostInFlight, 4, 8);
        Assert.All(bench.Attempts, attempt => Assert.Equal(DeliveryOutcome.Delivered, attempt.Outcome));
    }

    [Fact]
    public async Task What_failed_in_between_is_told_again_and_nothing_is_lost_or_overtaken()
    {
        await using var bench = new OutboxBench();
        var calls = 0;
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 3, MaxBatch = 4 });
        receiver.Answer = (_, _) => (Interlocked.Increment(ref calls) % 3) switch
        {
            0 => throw new InvalidOperationException("a fault of the receiver"),
            1 => Task.FromResult(DeliveryAnswer.Unavailable("busy")),
            _ => Task.FromResult(DeliveryAnswer.Taken("ok")),
        };
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(10, 1, 10));
        await receiver.WaitForAsync(100);
        AssertInOrder(receiver.Taken, bench.Ids());
        Assert.True(outbox.Status.Retries > 0);
        Assert.NotEqual("", outbox.Status.LastError);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_delays_no_other()
    {
        await using var bench = new OutboxBench();
        var never = new TaskCompletionSource<DeliveryAnswer>();
        var stuck = new ScriptedReceiver(OutboxBench.Quick) { Answer = (_, cancel) => never.Task.WaitAsync(cancel) };
        var good = new ScriptedReceiver(OutboxBench.Quick);
        var outbox = bench.Start(stuck);
        bench.Start(good, "s");
        for (var step = 1; step <= 40; step++)
        {
            bench.Publish(OutboxBench.Steps(100, step));
        }

        await good.WaitForAsync(4000);
        Assert.Empty(stuck.Taken);
        Assert.InRange(outbox.Status.Queued, 0, OutboxRun.MaxQueued);
        Assert.Equal(4000, outbox.Status.LagEntries);
        Assert.True(outbox.Status.LagMs > 0);
    }

    [Fact]
    public async Task A_dead_receiver_gets_all_of_it_when_it_comes_back_also_what_is_no_longer_in_memory()
    {
        await using var bench = new OutboxBench();
        var isDead = true;
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 4, MaxBatch = 50 });
        receiver.Answer = (_, _) => Task.FromResult(isDead ? DeliveryAnswer.Unavailable("connection refused") : DeliveryAnswer.Taken("ok"));
        bench.Start(receiver);
        for (var step = 1; step <= 60; step++)
        {
            bench.Publish(OutboxBench.Steps(100, step));
        }

        Volatile.Write(ref isDead, false);
        await receiver.WaitForAsync(6000);
        AssertInOrder(receiver.Taken, bench.Ids());
    }

    [Fact]
    public async Task What_is_refused_is_set_aside_with_its_reason_and_the_rest_goes_on()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxBatch = 5 });
        receiver.Answer = (notices, _) => Task.FromResult(notices.Any(notice => notice.Id == "a3-2") ? DeliveryAnswer.Refused("400 schema") : DeliveryAnswer.Taken("ok"));
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(10, 1, 3));
        await receiver.WaitForAsync(29);
        Assert.DoesNotContain("a3-2", receiver.Taken);
        var failed = Assert.Single(await UntilAsync(() => outbox.Failed(0, 10), list => list.Count == 1));
        Assert.Equal(("a3-2", "a3", "400 schema"), (failed.Id, failed.AlertId, failed.Reason));
        Assert.Equal(DeliveryOutcome.Failed, bench.Attempts.Last(attempt => attempt.EntryIds.Contains("a3-2")).Outcome);

        await UntilAsync(() => outbox.Status.State, state => state == OutboxState.Live);

        // It is still known after a restart, can be told again, and leaves the list when it is taken.
        await outbox.DisposeAsync();
        receiver.Answer = (_, _) => Task.FromResult(DeliveryAnswer.Taken("ok"));
        var again = bench.Start(receiver);
        Assert.Equal("a3-2", Assert.Single(again.Failed(0, 10)).Id);
        Assert.True(again.TryRepeat([failed.Number]));
        await receiver.WaitForAsync(1);
        Assert.Equal("a3-2", receiver.Taken[^1]);
        await UntilAsync(() => again.Status.Failed, count => count == 0);
    }

    [Fact]
    public async Task Other_alerts_go_on_while_a_refused_one_waits_for_its_next_attempt()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 1, GiveUpAfter = TimeSpan.FromDays(1), RetryMaximum = TimeSpan.FromHours(1), RetryInitial = TimeSpan.FromHours(1) });
        receiver.Answer = (notices, _) => Task.FromResult(notices[0].AlertId == "a0" ? DeliveryAnswer.Refused("404") : DeliveryAnswer.Taken("ok"));
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(5, 1, 2));
        await receiver.WaitForAsync(8);
        Assert.DoesNotContain(receiver.Taken, id => id.StartsWith("a0", StringComparison.Ordinal));
        Assert.Equal(0, outbox.Status.Cursor);
    }

    [Fact]
    public async Task A_restart_goes_on_at_the_cursor_and_what_was_told_beyond_it_is_told_again()
    {
        await using var bench = new OutboxBench();
        var hold = new TaskCompletionSource<DeliveryAnswer>();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 2 });
        receiver.Answer = (notices, cancel) => notices[0].Id == "a1-1" ? hold.Task.WaitAsync(cancel) : Task.FromResult(DeliveryAnswer.Taken("ok"));
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(4, 1));
        await receiver.WaitForAsync(3);
        await UntilAsync(() => outbox.Status, status => status is { Cursor: 1, Queued: 1 });
        await outbox.DisposeAsync();
        bench.Restart();
        bench.Publish(OutboxBench.Steps(1, 2));
        receiver.Answer = (_, _) => Task.FromResult(DeliveryAnswer.Taken("ok"));
        var again = bench.Start(receiver);
        await receiver.WaitForAsync(4);
        Assert.Equal(["a1-1", "a2-1", "a3-1", "a0-2"], receiver.Taken.Skip(3).Order(StringComparer.Ordinal).OrderBy(id => id[^1]));
        await UntilAsync(() => again.Status.State, state => state == OutboxState.Live);
    }

    [Fact]
    public async Task A_new_receiver_is_told_what_happens_from_now_on_and_one_that_was_taken_out_of_the_configuration_misses_nothing()
    {
        await using var bench = new OutboxBench();
        bench.Publish(OutboxBench.Steps(3, 1));
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        var first = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(1, 2));
        await receiver.WaitForAsync(1);
        await UntilAsync(() => first.Status.Cursor, cursor => cursor == 4);
        await first.DisposeAsync();
        bench.Publish(OutboxBench.Steps(1, 3));
        bench.Start(receiver);
        await receiver.WaitForAsync(1);
        Assert.Equal(["a0-2", "a0-3"], receiver.Taken);
    }

    [Fact]
    public async Task The_cursor_on_the_disk_is_never_beyond_what_is_on_record_whatever_is_asked_for()
    {
        await using var bench = new OutboxBench();
        var record = new TaskCompletionSource();
        bench.OnRecord = record.Task;
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(5, 1));
        await receiver.WaitForAsync(5);
        await UntilAsync(() => outbox.Status.Cursor, cursor => cursor == 5);
        var file = Path.Combine(bench.Directory, "r.cursor");
        Assert.True(outbox.TryRepeat([2, 4]));
        Assert.Equal("0", (await File.ReadAllLinesAsync(file))[0]);
        await outbox.RewindAsync(4);
        Assert.Equal("0", (await File.ReadAllLinesAsync(file))[0]);
        record.SetResult();
        await outbox.DisposeAsync();
        Assert.InRange(int.Parse((await File.ReadAllLinesAsync(file))[0], System.Globalization.CultureInfo.InvariantCulture), 3, 5);
    }

    [Fact]
    public async Task The_cursor_on_the_disk_is_never_beyond_what_its_receiver_has_kept()
    {
        await using var bench = new OutboxBench();
        var kept = new TaskCompletionSource();
        var receiver = new ScriptedReceiver(OutboxBench.Quick) { Kept = kept.Task };
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(5, 1));
        await UntilAsync(() => outbox.Status.Cursor, cursor => cursor == 5);
        var file = Path.Combine(bench.Directory, "r.cursor");
        Assert.True(outbox.TryRepeat([2]));
        await receiver.WaitForAsync(6);
        Assert.Equal("0", (await File.ReadAllLinesAsync(file))[0]);
        kept.SetResult();
        await outbox.DisposeAsync();
        Assert.Equal("5", (await File.ReadAllLinesAsync(file))[0]);
    }

    [Fact]
    public async Task Set_back_to_a_number_it_tells_everything_from_there_in_order()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { MaxInFlight = 1 });
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(5, 1, 2));
        await receiver.WaitForAsync(10);
        await outbox.RewindAsync(4);
        await receiver.WaitForAsync(7);
        Assert.Equal(bench.Ids().Skip(3), receiver.Taken.Skip(10));
    }

    [Fact]
    public async Task What_was_told_while_the_cursor_waits_for_an_older_one_can_be_told_again_too()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick with { GiveUpAfter = TimeSpan.FromDays(1) });
        receiver.Answer = (notices, _) => Task.FromResult(notices[0].AlertId == "a0" ? DeliveryAnswer.Refused("404") : DeliveryAnswer.Taken("ok"));
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(3, 1));
        await receiver.WaitForAsync(2);
        await UntilAsync(() => outbox.Status, status => status is { Cursor: 0, Queued: 1 });
        Assert.True(outbox.TryRepeat([1, 3]));
        await receiver.WaitForAsync(1);
        Assert.Equal("a2-1", receiver.Taken[^1]);
    }

    [Fact]
    public async Task Routes_decide_who_is_told_and_a_change_counts_from_the_next_entry()
    {
        await using var bench = new OutboxBench();
        bench.Router = new Router(["r"], [new RouteDefinition { Devices = [new GlobPattern("nobody")], Receivers = ["r"] }]);
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        var outbox = bench.Start(receiver);
        bench.Publish(OutboxBench.Steps(3, 1));
        await UntilAsync(() => outbox.Status.Cursor, cursor => cursor == 3);
        bench.Router = new Router(["r"], [new RouteDefinition { DeviceTypes = [new GlobPattern("tank")], Receivers = ["r"] }]);
        bench.Publish(OutboxBench.Steps(1, 2));
        await receiver.WaitForAsync(1);
        Assert.Equal(["a0-2"], receiver.Taken);
    }

    [Fact]
    public async Task Entries_of_rules_on_trial_are_told_to_nobody()
    {
        await using var bench = new OutboxBench();
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        bench.Start(receiver);
        bench.Publish(AlertSamples.At(1) with { IsShadow = true }, AlertSamples.At(2, alert: "real"));
        await receiver.WaitForAsync(1);
        Assert.Equal(["real-1"], receiver.Taken);
    }

    [Fact]
    public async Task A_damaged_cursor_costs_repeats_and_loses_nothing()
    {
        await using var bench = new OutboxBench();
        Directory.CreateDirectory(bench.Directory);
        await File.WriteAllTextAsync(Path.Combine(bench.Directory, "r.cursor"), "12x\n");
        bench.Publish(OutboxBench.Steps(3, 1));
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        bench.Start(receiver);
        await receiver.WaitForAsync(3);
        Assert.Contains("damaged", Assert.Single(bench.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_notice_is_marked_and_its_answer_is_given()
    {
        await using var bench = new OutboxBench();
        var seen = new ConcurrentQueue<Notice>();
        var receiver = new ScriptedReceiver(OutboxBench.Quick);
        receiver.Answer = (notices, _) =>
        {
            seen.Enqueue(notices[0]);
            return Task.FromResult(DeliveryAnswer.Refused("403 no"));
        };
        var outbox = bench.Open(receiver);
        Assert.Equal(DeliveryAnswer.Refused("403 no"), await outbox.TestAsync("test-1", CancellationToken.None));
        var notice = Assert.Single(seen);
        Assert.True(notice.IsTest);
        Assert.Contains("\"test\":true", System.Text.Encoding.UTF8.GetString(notice.Json.Span), StringComparison.Ordinal);
        Assert.Equal("test-1", Assert.Single(bench.Attempts).EntryIds[0]);
    }

    private static void AssertInOrder(IReadOnlyList<string> taken, IReadOnlyList<string> published)
    {
        static string AlertOf(string id) => id[..id.LastIndexOf('-')];
        Assert.Equal(published.Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
        foreach (var alert in published.GroupBy(AlertOf))
        {
            Assert.Equal(alert, taken.Where(id => AlertOf(id) == alert.Key));
        }
    }

    private static async Task<T> UntilAsync<T>(Func<T> get, Func<T, bool> isRight)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var value = get();
            if (isRight(value))
            {
                return value;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"still {value}");
            await Task.Delay(5);
        }
    }
}
