using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests;

/// <summary>The canary of a real server is kept out: all places of those who write over HTTP are taken.</summary>
public sealed class CanaryMissingTests(ITestOutputHelper output)
{
    private const int Places = 32;

    [Fact]
    public async Task Its_receiver_is_told_that_it_is_missing_and_that_it_is_back_also_after_a_crash_in_between()
    {
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("canary.enabled=true", "canary.interval=1s", "canary.deadline=60s") with
        {
            Files = new Dictionary<string, string>
            {
                [TestRules.Path] = TestRules.Text,
                ["receivers.yaml"] = "receivers: [{ name: watchdog, type: file }, { name: people, type: file }]\ncanary_missing: watchdog\nroutes:\n  - receivers: people\n",
            },
        });
        await Eventually.TrueAsync("a round has come through", async () => await server.Api.MetricAsync("fengsui_canary_rounds_total") >= 1);
        await using (new HeldPlaces(server.Api.Http.BaseAddress!.Port, Places))
        {
            await Eventually.TrueAsync("the watchdog is told", () => Task.FromResult(Told(server).Count >= 1));
            await Eventually.TrueAsync("the server is not ready", async () => (await server.Api.TryGetAsync("/readyz")).Status == HttpStatusCode.ServiceUnavailable);
        }

        await Eventually.TrueAsync("the watchdog is told that it is back", () => Task.FromResult(Told(server).Count >= 2));
        Assert.Equal(["firing major", "resolved none"], Told(server).Take(2).Select(step => step.Text));
        Assert.Single(Told(server).Take(2).Select(step => step.Alert).Distinct());
        await Eventually.TrueAsync("it is an alert like any other, and over", async () => Missing(await server.Api.ListAsync("/api/v1/alerts?state=all")) is ["resolved", ..]);

        await using (new HeldPlaces(server.Api.Http.BaseAddress!.Port, Places))
        {
            await Eventually.TrueAsync("it is told again", () => Task.FromResult(Told(server).Count >= 3));
            await server.KillAsync();
        }

        var firing = Told(server)[^1];
        await server.StartAsync();
        await Eventually.TrueAsync("a restart tells the end of the same alert", () => Task.FromResult(Told(server)[^1] is { Text: "resolved none" } last && last.Alert == firing.Alert));
        Assert.Single(Missing(await server.Api.ListAsync("/api/v1/alerts?state=all")));
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static List<string> Missing(IReadOnlyList<JsonElement> alerts) =>
        [.. alerts.Where(alert => alert.GetProperty("rule").GetString() == "fengsui/CanaryMissing").Select(alert => alert.GetProperty("state").GetString()!)];

    private static List<(string Alert, string Text)> Told(FengsuiServer server)
    {
        var path = Path.Combine(server.DataDirectory, "delivered", "watchdog.jsonl");
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = file.ReadToEnd().Split('\n')[..^1];
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(step =>
            (step.GetProperty("alert").GetString()!, $"{step.GetProperty("state").GetString()} {step.GetProperty("tier").GetString()}"))];
    }

    /// <summary>Requests whose bodies go on for as long as the test holds them, each anew when the server ends it.</summary>
    private sealed class HeldPlaces : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task[] _holding;

        public HeldPlaces(int port, int count) => _holding = [.. Enumerable.Range(0, count).Select(_ => Task.Run(() => HoldAsync(port)))];

        public async ValueTask DisposeAsync()
        {
            await _ending.CancelAsync();
            await Task.WhenAll(_holding);
            _ending.Dispose();
        }

        private async Task HoldAsync(int port)
        {
            while (!_ending.IsCancellationRequested)
            {
                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", port, _ending.Token);
                    var stream = client.GetStream();
                    await stream.WriteAsync("POST /api/v1/telemetry HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), _ending.Token);
                    for (var sent = 0; sent < 90_000; sent += 200)
                    {
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 200)), _ending.Token);
                        await Task.Delay(TimeSpan.FromMilliseconds(200), _ending.Token);
                    }
                }
                catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
                {
                    // Another one takes the place, unless the test is over.
                }
            }
        }
    }
}
