using System.Text;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>What receivers keep secret is shown nowhere, however loudly things go wrong.</summary>
public sealed class SecretsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Secrets_of_receivers_are_in_no_log_no_answer_and_no_file_of_the_data_directory()
    {
        string[] secrets = ["signing-secret-1234567890", "token-abcdefghij", "query-key-0123456789", "mail-password-98765"];
        var port = LoopbackPorts.Take();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["hook.secret"] = secrets[0] + "\n",
                ["hook.token"] = secrets[1] + "\n",
                ["mail.password"] = secrets[3] + "\n",
                ["receivers.yaml"] = $$"""
                    receivers:
                      - { name: hook, type: webhook, url: "http://127.0.0.1:{{port}}/hook?key={{secrets[2]}}", secret_file: hook.secret, token_file: hook.token, retry_max: 200ms }
                      - { name: mail, type: email, server: "smtp://localhost:{{port}}", user: fengsui, password_file: mail.password, from: a@b.example, to: c@d.example, clear_text: true }
                    routes:
                      - { receivers: [hook, mail], held: true }

                    """,
            },
        });
        using (var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway")))
        {
            await gateway.SendAsync(Packets.MakePublish("telemetry/tank7", """{"temperature":85}""", 1, 1));
        }

        // Nobody listens, then somebody who refuses: both go wrong aloud.
        await Eventually.TrueAsync("both were tried in vain", async () => (await server.Api.ListAsync("/api/v1/receivers")).All(one => one.GetProperty("retries").GetInt64() > 0));
        await using var hook = await HookServer.StartAsync(port, context =>
        {
            Assert.Equal("Bearer " + secrets[1], context.Request.Headers.Authorization);
            Assert.Equal("?key=" + secrets[2], context.Request.QueryString.Value);
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync("it is refused", async () => (await server.Api.GetAsync("/api/v1/receivers/hook")).GetProperty("last_error").GetString()!.StartsWith("403", StringComparison.Ordinal));
        server.WriteConfiguration("receivers.yaml", "receivers: nonsense\n");
        await Eventually.TrueAsync("a broken file is told", () => server.Log.Contains("receivers.yaml:1:", StringComparison.Ordinal));

        var shown = new StringBuilder(server.Log);
        string[] paths = ["/api/v1/receivers", "/api/v1/receivers/hook", "/api/v1/receivers/mail", "/api/v1/receivers/hook/failed", "/api/v1/status", "/api/v1/audit?limit=1000", "/metrics", "/readyz"];
        foreach (var path in paths)
        {
            shown.Append((await server.Api.TryGetAsync(path)).Body);
        }

        shown.Append(await FengsuiProgram.RunAsync(server.WorkingDirectory, "receivers", "list", "--url", server.Api.Http.BaseAddress!.ToString()));
        shown.Append(await FengsuiProgram.RunAsync(server.WorkingDirectory, "check", "--config", server.ConfigDirectory));
        Assert.Equal(0, await server.TerminateAsync());
        foreach (var file in Directory.GetFiles(server.DataDirectory, "*", SearchOption.AllDirectories))
        {
            shown.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        var all = shown.ToString();
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..^4], all, StringComparison.Ordinal);
        });
    }
}
