namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>TLS with a certificate made by openssl, user names, passwords and an access list, with Debian's clients.</summary>
public sealed class SecureClientsTests(ITestOutputHelper output) : IDisposable
{
    private const string Program = "mosquitto_pub";

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [FactIfInstalled("openssl")]
    public async Task Messages_pass_over_TLS_and_a_client_that_does_not_know_the_certificate_refuses()
    {
        var certificate = await MakeCertificateAsync();
        await using var server = await FengsuiServer.StartAsync(output, $"server.tls.certificate={certificate}", $"server.tls.key={_directory["server.key"]}");
        string[] secure = ["-h", "localhost", "-p", $"{server.MqttsPort}", "--cafile", certificate];
        using var subscriber = new BackgroundCommand("mosquitto_sub", [.. secure, "-t", "alerts/#", "-q", "1", "-F", "%t"]);
        await Eventually.TrueAsync("subscribed", async () => await server.Api.MetricAsync("fengsui_mqtt_subscriptions") == 1);
        var published = await Command.RunAsync(Program, [.. secure, "-t", "telemetry/x", "-q", "2", "-m", """{"temperature":85}"""]);
        Assert.True(published.ExitCode == 0, published.ToString());
        await Eventually.TrueAsync("the alert", () => subscriber.Lines.Contains("alerts/major/default/x"));

        var stranger = await Command.RunAsync(Program, "-h", "localhost", "-p", $"{server.MqttsPort}", "--capath", "/etc/ssl/certs", "-t", "x", "-m", "x");
        Assert.NotEqual(0, stranger.ExitCode);
        var clear = await Command.RunAsync(Program, "-p", $"{server.MqttsPort}", "-t", "x", "-m", "x", "-q", "1");
        Assert.NotEqual(0, clear.ExitCode);
    }

    [FactIfInstalled(Program)]
    public async Task Users_enter_with_their_password_only_and_do_what_the_access_list_grants_only()
    {
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default with
        {
            Files = new Dictionary<string, string> { ["fengsui.yaml"] = await ConfigurationAsync() },
        });
        string[] gateway = ["-p", server.MqttPortText, "-u", "gateway-7", "-P", "correct horse"];
        string[] scada = ["-p", server.MqttPortText, "-u", "scada", "-P", "battery staple", "-V", "mqttv5"];

        Assert.Equal(0, (await Command.RunAsync(Program, [.. gateway, "-t", "telemetry/x", "-q", "1", "-m", """{"temperature":85}"""])).ExitCode);
        var alert = await Command.RunAsync("mosquitto_sub", [.. scada, "-t", "alerts/#", "-C", "1", "-W", "10", "-F", "%t"]);
        Assert.Equal("alerts/major/default/x", alert.Output.Trim());

        Assert.NotEqual(0, (await Command.RunAsync(Program, "-p", server.MqttPortText, "-u", "gateway-7", "-P", "wrong", "-t", "telemetry/x", "-m", "{}")).ExitCode);
        Assert.NotEqual(0, (await Command.RunAsync(Program, "-p", server.MqttPortText, "-t", "telemetry/x", "-m", "{}")).ExitCode);
        var denied = await Command.RunAsync(Program, [.. scada, "-t", "telemetry/y", "-q", "1", "-m", """{"temperature":85}"""]);
        Assert.Contains("not authorized", denied.Output + denied.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "PublishDenied"));
        Assert.Equal(2, await server.Api.MetricAsync("fengsui_mqtt_dropped_total", "LoginRefused"));
        Assert.DoesNotContain("correct horse", server.Log, StringComparison.Ordinal);
    }

    private async Task<string> MakeCertificateAsync()
    {
        var made = await Command.RunAsync(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "90",
            "-keyout", _directory["server.key"], "-out", _directory["server.pem"], "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost");
        Assert.True(made.ExitCode == 0, made.ToString());
        return _directory["server.pem"];
    }

    private async Task<string> ConfigurationAsync() => $"""
        anonymous: false
        users:
          - name: gateway-7
            password_hash: {await HashAsync("correct horse")}
          - name: scada
            password_hash: {await HashAsync("battery staple")}
        access:
          - users: ['gateway-*']
            publish: ['telemetry/#']
            subscribe: []
          - users: [scada]
            publish: []
            subscribe: ['alerts/#']

        """;

    private async Task<string> HashAsync(string password)
    {
        var hashed = await Command.RunAsync(FengsuiProgram.Start(["hash-password"], _directory.Path), password + "\n", Eventually.Patience);
        Assert.True(hashed.ExitCode == 0, hashed.ToString());
        return hashed.Output.Trim();
    }
}
