using System.Globalization;
using System.Text.Json;
using Fengsui.EndToEnd.Tests.Clients;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>Every way to log in to a foreign mail server, and every reason for which nothing may be sent to one.</summary>
public sealed class MailLoginTests(ITestOutputHelper output)
{
    private const string User = "fengsui";
    private const string Password = "a password of its own";

    [FactIfPython("aiosmtpd", "python3-aiosmtpd")]
    public async Task Mails_go_out_by_each_login_and_never_in_clear_text_to_a_stranger_or_with_a_wrong_password()
    {
        using var directory = new TestDirectory();
        MailCertificate.Write(directory);
        string[] modes = ["plain", "login", "implicit", "clear"];
        var ports = modes.ToDictionary(mode => mode, _ => LoopbackPorts.Take());
        using var plain = MailServer(directory, ports["plain"], "plain");
        using var login = MailServer(directory, ports["login"], "login");
        using var isImplicit = MailServer(directory, ports["implicit"], "implicit");
        using var clear = MailServer(directory, ports["clear"], "clear");
        BackgroundCommand[] servers = [plain, login, isImplicit, clear];
        await Eventually.TrueAsync("the mail servers listen", () => servers.All(mails => mails.Lines.Contains("listening") ? true : !mails.HasExited ? false : throw new InvalidOperationException(mails.Error)));
        (string Name, string Server, string CertificateFile, string PasswordFile)[] receivers =
        [
            ("plain", $"smtp://localhost:{ports["plain"]}", "ca_file: mail.pem,", "mail.password"),
            ("login", $"smtp://localhost:{ports["login"]}", "ca_file: mail.pem,", "mail.password"),
            ("implicit", $"smtps://localhost:{ports["implicit"]}", "ca_file: mail.pem,", "mail.password"),
            ("nothing-encrypted", $"smtp://localhost:{ports["clear"]}", "ca_file: mail.pem,", "mail.password"),
            ("stranger", $"smtp://localhost:{ports["plain"]}", "", "mail.password"),
            ("locked-out", $"smtp://localhost:{ports["login"]}", "ca_file: mail.pem,", "old.password"),
        ];
        var text = "receivers:\n" + string.Concat(receivers.Select(one =>
            $"  - {{ name: {one.Name}, type: email, server: \"{one.Server}\", {one.CertificateFile} user: {User}, password_file: {one.PasswordFile}, from: f@park.example, to: {one.Name}@park.example, interval: 0s }}\n"))
            + $"routes:\n  - {{ receivers: [{string.Join(", ", receivers.Select(one => one.Name))}], held: true }}\n";
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string>
            {
                ["mail.pem"] = await File.ReadAllTextAsync(directory["server.pem"]),
                ["mail.password"] = Password + "\n",
                ["old.password"] = "an old password of its own\n",
                ["receivers.yaml"] = text,
            },
        });
        using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
        await gateway.SendAsync(Packets.MakePublish("telemetry/tank7", """{"temperature":85}""", 1, 1));

        await Eventually.TrueAsync("three have their mail", () => plain.Lines.Count >= 2 && login.Lines.Count >= 2 && isImplicit.Lines.Count >= 2);
        Assert.All([plain, login, isImplicit], mails =>
        {
            var mail = JsonDocument.Parse(mails.Lines[1]).RootElement;
            Assert.Equal(User, mail.GetProperty("user").GetString());
            Assert.Contains("tank7", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        });
        await AssertKeptAsync(server, "nothing-encrypted", "STARTTLS");
        await AssertKeptAsync(server, "stranger", "certificate");
        await AssertKeptAsync(server, "locked-out", "535");

        // The right password, and a touched file: what was kept is told.
        server.WriteConfiguration("old.password", Password + "\n");
        server.WriteConfiguration("receivers.yaml", text + "# touched\n");
        await Eventually.TrueAsync("who was locked out has the mail", () => login.Lines.Count >= 3);
        Assert.Contains("locked-out@park.example", login.Lines[2], StringComparison.Ordinal);
        Assert.Single(clear.Lines);
        Assert.Equal(2, plain.Lines.Count);
        Assert.DoesNotContain("password of its own", server.Log + await server.Api.GetAsync("/api/v1/receivers"), StringComparison.Ordinal);
    }

    /// <summary>Nothing is lost and nothing is set aside: it is a matter of the server's, not of the mail.</summary>
    private static async Task AssertKeptAsync(FengsuiServer server, string receiver, string reason)
    {
        JsonElement status = default;
        await Eventually.TrueAsync($"{receiver} is tried again", async () => (status = await server.Api.GetAsync("/api/v1/receivers/" + receiver)).GetProperty("retries").GetInt64() > 0);
        Assert.Contains(reason, status.GetProperty("last_error").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal((0, 0), (status.GetProperty("failed").GetInt32(), status.GetProperty("cursor").GetInt32()));
    }

    private static BackgroundCommand MailServer(TestDirectory directory, int port, string mode) => new(
        FactIfPythonAttribute.Python, Path.Combine(AppContext.BaseDirectory, "Delivery", "mail_server.py"), port.ToString(CultureInfo.InvariantCulture), User, Password, directory["server.pem"], directory["server.key"], mode);
}
