using System.Text.Json;
using Fengsui.EndToEnd.Tests.Clients;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Mails as a foreign mail server and a foreign mail parser read them.</summary>
public sealed class MailTests(ITestOutputHelper output)
{
    private const string User = "fengsui";
    private const string Password = "a password of its own";

    [FactIfPython("aiosmtpd", "python3-aiosmtpd")]
    public async Task An_alert_and_a_test_notice_arrive_encrypted_after_a_login_in_two_languages()
    {
        using var directory = new TestDirectory();
        MailCertificate.Write(directory);
        var port = LoopbackPorts.Take();
        var portText = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var mails = new BackgroundCommand(
            FactIfPythonAttribute.Python, Path.Combine(AppContext.BaseDirectory, "Delivery", "mail_server.py"), portText, User, Password, directory["server.pem"], directory["server.key"]);
        await Eventually.TrueAsync("the mail server listens", () => mails.Lines.Contains("listening") ? true : !mails.HasExited ? false : throw new InvalidOperationException(mails.Error));
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["mail.pem"] = await File.ReadAllTextAsync(directory["server.pem"]),
                ["mail.password"] = Password + "\n",
                ["receivers.yaml"] = $$"""
                    receivers:
                      - name: duty
                        type: email
                        server: smtp://localhost:{{port}}
                        ca_file: mail.pem
                        user: {{User}}
                        password_file: mail.password
                        from: fengsui@park.example
                        to: [duty@park.example, deputy@park.example]
                        interval: 0s
                    routes:
                      - { receivers: duty, held: true }

                    """,
            },
        });

        using var answer = await server.Api.Http.PostAsync(new Uri("/api/v1/receivers/duty/test", UriKind.Relative), null);
        Assert.Contains("\"taken\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        await gateway.SendAsync(Packets.MakePublish("telemetry/罐7", """{"temperature":85}""", 1, 1));
        await Eventually.TrueAsync("the mails are there", () => mails.Lines.Count >= 3);

        var (test, alert) = (Mail(mails.Lines[1]), Mail(mails.Lines[2]));
        Assert.Contains("TEST", test.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Equal(["duty@park.example", "deputy@park.example"], alert.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.Contains("重大", alert.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("罐7", alert.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Rule ", alert.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All([test, alert], mail =>
        {
            Assert.True(mail.GetProperty("tls").GetBoolean());
            Assert.Equal(User, mail.GetProperty("user").GetString());
            Assert.Empty(mail.GetProperty("defects").EnumerateArray());
        });
        Assert.DoesNotContain(Password, server.Log, StringComparison.Ordinal);
    }

    private static JsonElement Mail(string line) => JsonDocument.Parse(line).RootElement;
}
