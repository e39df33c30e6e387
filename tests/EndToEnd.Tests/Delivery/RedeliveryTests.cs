using System.Net;
using System.Text;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Telling again on request, by command line and API: the same entries under the same ids, in order for each alert.</summary>
public sealed class RedeliveryTests(ITestOutputHelper output)
{
    private const string Rules = """
        groups:
          - name: storm
            rules:
              - alert: Hot
                select: { type: default }
                expr: temperature > 30 °C
                tier: general
                tiers:
                  - { tier: significant, expr: temperature >= 35 °C }

        """;

    [Fact]
    public async Task Everything_from_a_number_or_a_time_one_alert_or_what_failed_is_told_again_as_it_was()
    {
        var (port, refuses) = (LoopbackPorts.Take(), true);
        await using var hook = await HookServer.StartAsync(port, context =>
        {
            if (Volatile.Read(ref refuses) && context.Request.Headers["ce-subject"] == "tank2")
            {
                context.Response.StatusCode = 422;
            }

            return Task.CompletedTask;
        });
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["rules/storm.yaml"] = Rules,
                ["receivers.yaml"] = $"receivers:\n  - {{ name: hook, type: webhook, mode: binary, url: \"http://127.0.0.1:{port}/\", give_up_after: 0s }}\nroutes:\n  - {{ receivers: hook, held: true }}\n",
            },
        });
        await PublishAsync(server, ("tank1", 31), ("tank2", 31), ("tank3", 31), ("tank1", 36), ("tank3", 36));
        await Eventually.TrueAsync("all is told or set aside", async () => await CursorAsync(server) >= 5);
        var logged = LoggedEntries.Of(server.DataDirectory);
        var refused = logged.Where(entry => !hook.Arrived.Contains(entry.Id)).Select(entry => entry.Id).ToArray();
        var shown = await RunAsync(server, "failed", "hook");
        Assert.All(refused, id => Assert.Contains(id, shown.Output, StringComparison.Ordinal));
        Assert.Contains("422", shown.Output, StringComparison.Ordinal);
        Assert.NotEmpty(refused);
        Volatile.Write(ref refuses, false);

        // What failed: those, and no others.
        Assert.Equal(refused.Order(StringComparer.Ordinal), (await AgainAsync(server, hook, refused.Length, () => RunAsync(server, "redeliver", "hook", "--failed"))).Order(StringComparer.Ordinal));
        await Eventually.TrueAsync("nothing is listed as failed", async () => (await server.Api.ListAsync("/api/v1/receivers/hook/failed")).Count == 0);

        // One alert: its entries in order.
        var alert = logged.GroupBy(entry => entry.Alert).First(entries => entries.Count() > 1);
        Assert.Equal(alert.Select(entry => entry.Id), await AgainAsync(server, hook, alert.Count(), () => RunAsync(server, "redeliver", "hook", "--alert", alert.Key)));

        // Everything from a number on, over the API; from a time on, by the command line.
        var from = await AgainAsync(server, hook, logged.Count - 1, () => PostAsync(server, """{"from":2}"""));
        LoggedEntries.AssertAllInOrder("from 2", [.. logged.Skip(1)], from);
        Assert.Equal(logged.Skip(1).Select(entry => entry.Id).Order(StringComparer.Ordinal), from.Order(StringComparer.Ordinal));
        var since = await AgainAsync(server, hook, logged.Count, () => RunAsync(server, "redeliver", "hook", "--since", "2020-01-01T00:00:00Z"));
        LoggedEntries.AssertAllInOrder("since 2020", logged, since);
        await Eventually.TrueAsync("all is told", async () => await CursorAsync(server) >= logged.Count);
        var before = hook.Arrived.Count;
        Assert.Equal(0, (await RunAsync(server, "redeliver", "hook", "--since", "2999-01-01T00:00:00Z")).ExitCode);
        await PublishAsync(server, ("tank9", 31));
        await Eventually.TrueAsync("what comes next is told", () => hook.Arrived.Count > before);
        Assert.DoesNotContain(hook.Arrived.Skip(before), id => logged.Any(entry => entry.Id == id));

        // What makes no sense is refused with words.
        Assert.Equal(2, (await RunAsync(server, "redeliver", "hook")).ExitCode);
        Assert.Equal(2, (await RunAsync(server, "redeliver", "hook", "--failed", "--from", "1")).ExitCode);
        Assert.Equal(2, (await RunAsync(server, "redeliver", "hook", "--since", "yesterday")).ExitCode);
        Assert.Equal(2, (await RunAsync(server, "redeliver", "nobody", "--failed")).ExitCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, """{"from":0}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(server, """{"from":1,"since":"2026-01-01T00:00:00Z"}""")).StatusCode);
    }

    /// <summary>What arrives after a request, as many as are due.</summary>
    private static async Task<IReadOnlyList<string>> AgainAsync(FengsuiServer server, HookServer hook, int count, Func<Task<CommandResult>> ask)
    {
        await Eventually.TrueAsync("nothing is under way", async () => (await server.Api.GetAsync("/api/v1/receivers/hook")).GetProperty("state").GetString() == "live");
        var before = hook.Arrived.Count;
        var result = await ask();
        Assert.True(result.ExitCode == 0, result.ToString());
        await Eventually.TrueAsync($"{count} are told again", () => hook.Arrived.Count >= before + count);
        return [.. hook.Arrived.Skip(before)];
    }

    private static Task<CommandResult> RunAsync(FengsuiServer server, params string[] arguments) =>
        FengsuiProgram.RunAsync(server.WorkingDirectory, ["receivers", .. arguments, "--url", server.Api.Http.BaseAddress!.ToString()]);

    private static async Task<CommandResult> PostAsync(FengsuiServer server, string body)
    {
        using var answer = await SendAsync(server, body);
        return new CommandResult(answer.IsSuccessStatusCode ? 0 : 1, await answer.Content.ReadAsStringAsync(), "");
    }

    private static async Task<HttpResponseMessage> SendAsync(FengsuiServer server, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await server.Api.Http.PostAsync(new Uri("/api/v1/receivers/hook/redeliver", UriKind.Relative), content);
    }

    private static async Task<long> CursorAsync(FengsuiServer server) => (await server.Api.GetAsync("/api/v1/receivers/hook")).GetProperty("cursor").GetInt64();

    private static async Task PublishAsync(FengsuiServer server, params (string Device, int Temperature)[] readings)
    {
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        foreach (var (device, temperature) in readings)
        {
            await gateway.SendAsync(Packets.MakePublish($"telemetry/{device}", $$"""{"temperature":{{temperature}}}""", 1, 1));
            Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
        }
    }
}
