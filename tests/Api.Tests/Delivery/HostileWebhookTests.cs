using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Audit;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>Webhooks that answer as the worst of servers do: what is passing is tried until it is taken, what is refused is set aside with the server's words.</summary>
public sealed class HostileWebhookTests
{
    private const string Body = "Content-Length: 2\r\nConnection: close\r\n\r\nno";

    private static readonly Dictionary<string, Func<Socket, CancellationToken, Task>> Answers = new()
    {
        ["429, seconds"] = HostileServer.Says("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n" + Body),
        ["429, date"] = HostileServer.Says("HTTP/1.1 429 Too Many Requests\r\nRetry-After: " + DateTimeOffset.UtcNow.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture) + "\r\n" + Body),
        ["503, date of last year"] = HostileServer.Says("HTTP/1.1 503 Service Unavailable\r\nRetry-After: Wed, 01 Jan 2025 00:00:00 GMT\r\n" + Body),
        ["503, no sense"] = HostileServer.Says("HTTP/1.1 503 Service Unavailable\r\nRetry-After: soon\r\n" + Body),
        ["reset before the answer"] = ResetAsync,
        ["reset in the head"] = async (peer, cancel) => { await HostileServer.Says("HTTP/1.1 20")(peer, cancel); await ResetAsync(peer, cancel); },
        ["closed without a word"] = (_, _) => Task.CompletedTask,
        ["silent"] = (_, cancel) => Task.Delay(Timeout.Infinite, cancel),
        ["endless head"] = EndlessHeadAsync,
        ["not HTTP"] = HostileServer.Says("220 mail.example ESMTP\r\n"),
        ["1xx for ever"] = HostileServer.Says("HTTP/1.1 101 Switching Protocols\r\nConnection: close\r\n\r\n"),
    };

    [Theory]
    [InlineData("429, seconds")]
    [InlineData("429, date")]
    [InlineData("503, date of last year")]
    [InlineData("503, no sense")]
    [InlineData("reset before the answer")]
    [InlineData("reset in the head")]
    [InlineData("closed without a word")]
    [InlineData("silent")]
    [InlineData("endless head")]
    [InlineData("not HTTP")]
    [InlineData("1xx for ever")]
    public async Task What_passes_is_tried_again_with_the_same_bytes_and_in_order_until_it_is_taken(string answer)
    {
        await using var server = new HostileServer(Answers[answer], Answers[answer]);
        await using var hook = new HookOutbox(server.Url, timeout: answer == "silent" ? TimeSpan.FromSeconds(2) : null);
        hook.Outbox.Start();
        hook.Publish(Notices.Transition(1), Notices.Transition(2) with { Sequence = 2, Version = 2 });
        await hook.FinishedAsync();
        var bodies = server.Bodies.ToArray();
        Assert.Equal(["a1-1", "a1-1", "a1-1"], bodies[..3].Select(IdOf));
        Assert.Equal(["a1-1", "a1-2"], bodies.Select(IdOf).Distinct());
        Assert.Single(bodies[..3].Distinct());
        Assert.Equal(0, hook.Outbox.Status.Failed);
        Assert.Equal([DeliveryOutcome.Deferred, DeliveryOutcome.Deferred], hook.Attempts.Take(2).Select(attempt => attempt.Outcome));
        Assert.Equal(["a1-1", "a1-2"], hook.Attempts.Where(attempt => attempt.Outcome == DeliveryOutcome.Delivered).Select(attempt => attempt.EntryIds[0]));
        Assert.All(hook.Attempts, attempt => Assert.InRange(attempt.Detail.Length, 1, 500));
        Assert.Empty(hook.Complaints);
    }

    [Theory]
    [InlineData("410 Gone")]
    [InlineData("413 Content Too Large")]
    [InlineData("301 Moved Permanently")]
    [InlineData("307 Temporary Redirect")]
    public async Task What_is_refused_is_set_aside_with_the_servers_words_goes_nowhere_else_and_does_not_stop_other_alerts(string status)
    {
        await using var elsewhere = new HostileServer();
        var refusal = HostileServer.Says($"HTTP/1.1 {status}\r\nLocation: {elsewhere.Url}\r\n{Body}");
        await using var server = new HostileServer([.. Enumerable.Repeat(refusal, 200)]);
        await using var hook = new HookOutbox(server.Url);
        hook.Outbox.Start();
        hook.Publish(Notices.Transition(1), Notices.Transition(2, "a2"));
        await hook.FinishedAsync();
        Assert.Equal(["a1-1", "a2-1"], hook.Outbox.Failed(0, 10).Select(failed => failed.Id));
        Assert.All(hook.Outbox.Failed(0, 10), failed => Assert.StartsWith(status, failed.Reason, StringComparison.Ordinal));
        Assert.Empty(elsewhere.Bodies);
        Assert.Empty(hook.Complaints);
    }

    [Fact]
    public async Task Of_a_batch_that_is_too_large_each_one_arrives_alone()
    {
        await using var server = new HostileServer(HostileServer.Says("HTTP/1.1 413 Content Too Large\r\n" + Body));
        await using var hook = new HookOutbox(server.Url, WebhookMode.Batch);
        hook.Publish([.. Enumerable.Range(1, 5).Select(i => Notices.Transition(i, "a" + i))]);
        hook.Outbox.Start();
        await hook.FinishedAsync();
        var requests = server.Bodies.Select(body => string.Join(' ', IdsOf(body))).ToArray();
        Assert.Equal("a1-1 a2-1 a3-1 a4-1 a5-1", requests[0]);
        Assert.Equal(["a1-1", "a2-1", "a3-1", "a4-1", "a5-1"], requests[1..]);
        Assert.Equal(0, hook.Outbox.Status.Failed);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", true)]
    public async Task After_a_good_status_the_rest_of_the_answer_is_of_no_interest_be_it_slow_huge_or_cut_short(string answer, bool isEndless)
    {
        await using var server = new HostileServer(async (peer, cancel) =>
        {
            await HostileServer.Says(answer)(peer, cancel);
            if (isEndless)
            {
                await EndlessAsync(peer, cancel);
            }
            else
            {
                await ResetAsync(peer, cancel);
            }
        });
        await using var hook = new HookOutbox(server.Url);
        hook.Outbox.Start();
        hook.Publish(Notices.Transition(1), Notices.Transition(2) with { Sequence = 2, Version = 2 });
        await hook.FinishedAsync();
        Assert.Equal(["a1-1", "a1-2"], server.Bodies.Select(IdOf));
    }

    private static string IdOf(string body) => JsonDocument.Parse(Encoding.Latin1.GetBytes(body)).RootElement.GetProperty("id").GetString()!;

    private static IEnumerable<string> IdsOf(string body) => JsonDocument.Parse(Encoding.Latin1.GetBytes(body)).RootElement.EnumerateArray().Select(one => one.GetProperty("id").GetString()!);

    private static Task ResetAsync(Socket peer, CancellationToken cancel)
    {
        peer.LingerState = new LingerOption(true, 0);
        peer.Close();
        return Task.CompletedTask;
    }

    private static async Task EndlessHeadAsync(Socket peer, CancellationToken cancel)
    {
        await HostileServer.Says("HTTP/1.1 200 OK\r\n")(peer, cancel);
        while (true)
        {
            await HostileServer.Says("X-Filler: " + new string('x', 4000) + "\r\n")(peer, cancel);
        }
    }

    private static async Task EndlessAsync(Socket peer, CancellationToken cancel)
    {
        var junk = new byte[64 << 10];
        while (true)
        {
            await peer.SendAsync(junk, cancel);
        }
    }
}
