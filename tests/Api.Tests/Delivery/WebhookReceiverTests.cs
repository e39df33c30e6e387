using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Tests.Delivery;

public sealed class WebhookReceiverTests
{
    [Fact]
    public async Task A_structured_event_has_its_attributes_beside_the_entry_and_is_signed()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = Receiver(server, WebhookMode.Structured);
        var answer = await receiver.SendAsync([Notices.Firing()], CancellationToken.None);
        Assert.Equal(DeliveryVerdict.Taken, answer.Verdict);
        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal("application/cloudevents+json; charset=utf-8", headers["Content-Type"]);
        var json = JsonDocument.Parse(body).RootElement;
        Assert.Equal("1.0", json.GetProperty("specversion").GetString());
        Assert.Equal("a1-1", json.GetProperty("id").GetString());
        Assert.Equal("io.fengsui.alert.firing", json.GetProperty("type").GetString());
        Assert.Equal("罐 7\"%", json.GetProperty("subject").GetString());
        Assert.Equal("major", json.GetProperty("tier").GetString());
        Assert.Equal("a1", json.GetProperty("data").GetProperty("alert").GetString());
        AssertSigned(headers["Fengsui-Signature"], body);
    }

    [Fact]
    public async Task A_binary_event_has_its_attributes_in_headers_and_the_entry_as_its_body()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = Receiver(server, WebhookMode.Binary);
        await receiver.SendAsync([Notices.Overdue()], CancellationToken.None);
        await receiver.SendAsync([Notices.Firing()], CancellationToken.None);
        var (headers, body) = server.Requests.First();
        Assert.Equal("a1-e2", headers["ce-id"]);
        Assert.Equal("io.fengsui.alert.overdue", headers["ce-type"]);
        Assert.Equal("overdue", JsonDocument.Parse(body).RootElement.GetProperty("event").GetString());
        Assert.Equal("%E7%BD%90%207%22%25", server.Requests.Last().Headers["ce-subject"]);
    }

    [Fact]
    public async Task A_batch_is_an_array_in_order()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = Receiver(server, WebhookMode.Batch);
        await receiver.SendAsync([Notices.Firing(), Notices.Overdue()], CancellationToken.None);
        var (headers, body) = Assert.Single(server.Requests);
        Assert.StartsWith("application/cloudevents-batch+json", headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(["a1-1", "a1-e2"], JsonDocument.Parse(body).RootElement.EnumerateArray().Select(one => one.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(200, DeliveryVerdict.Taken)]
    [InlineData(204, DeliveryVerdict.Taken)]
    [InlineData(302, DeliveryVerdict.Refused)]
    [InlineData(308, DeliveryVerdict.Refused)]
    [InlineData(400, DeliveryVerdict.Refused)]
    [InlineData(401, DeliveryVerdict.Refused)]
    [InlineData(404, DeliveryVerdict.Refused)]
    [InlineData(422, DeliveryVerdict.Refused)]
    [InlineData(408, DeliveryVerdict.Unavailable)]
    [InlineData(429, DeliveryVerdict.Unavailable)]
    [InlineData(500, DeliveryVerdict.Unavailable)]
    [InlineData(503, DeliveryVerdict.Unavailable)]
    public async Task A_status_says_whether_to_try_again_and_redirects_are_not_followed(int status, DeliveryVerdict verdict)
    {
        await using var server = await WebhookServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = server.Url + "/elsewhere";
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        };
        await using var receiver = Receiver(server, WebhookMode.Structured);
        var answer = await receiver.SendAsync([Notices.Firing()], CancellationToken.None);
        Assert.Equal(verdict, answer.Verdict);
        Assert.Equal(verdict == DeliveryVerdict.Unavailable ? TimeSpan.FromSeconds(7) : null, answer.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_away_or_cuts_the_connection_is_unavailable()
    {
        var server = await WebhookServer.StartAsync();
        server.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var receiver = Receiver(server, WebhookMode.Structured);
        Assert.Equal(DeliveryVerdict.Unavailable, (await receiver.SendAsync([Notices.Firing()], CancellationToken.None)).Verdict);
        await server.DisposeAsync();
        Assert.Equal(DeliveryVerdict.Unavailable, (await receiver.SendAsync([Notices.Firing()], CancellationToken.None)).Verdict);
    }

    private static WebhookReceiver Receiver(WebhookServer server, WebhookMode mode) => new(
        new WebhookOptions { Url = server.Url, Mode = mode, Terms = new ReceiverTerms(), Secret = Encoding.UTF8.GetBytes(ReceiverFiles.Secret) }, TimeProvider.System);

    /// <summary>As docs/delivery.md tells a receiver to do it.</summary>
    private static void AssertSigned(string signature, byte[] body)
    {
        var parts = signature.Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        byte[] signed = [.. Encoding.ASCII.GetBytes(parts["t"] + "."), .. body];
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ReceiverFiles.Secret), signed)), parts["v1"]);
        Assert.InRange(long.Parse(parts["t"], System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 300, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 300);
    }
}
