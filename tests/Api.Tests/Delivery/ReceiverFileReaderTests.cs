using Fengsui.Api.Delivery.Configuration;
using Fengsui.Api.Delivery.Email;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Tests.Delivery;

public sealed class ReceiverFileReaderTests
{
    private const string Whole = """
        receivers:
          - name: control-room
            type: webhook
            url: https://alerts.example/hook?key=1
            mode: batch
            batch: 500
            secret_env: HOOK_SECRET
            timeout: 35s
            in_flight: 2
          - name: duty
            type: email
            server: smtps://mail.example
            user: fengsui
            password_env: MAIL_PASSWORD
            from: fengsui@park.example
            to: [duty@park.example]
            language: zh
          - name: archive
            type: file
        routes:
          - receivers: archive
            held: true
            continue: true
          - tier: [major, cross-border]
            receivers: [control-room, duty]
          - zone: "hall-*"
            labels: { site: east }
            receivers: [control-room]
          - receivers: duty
        """;

    [Fact]
    public void Who_is_told_of_a_missing_canary_must_be_a_receiver()
    {
        const string Receivers = "receivers: [{ name: watchdog, type: file }]\nroutes: [{ receivers: watchdog }]\n";
        Assert.Equal(["watchdog"], ReceiverFiles.Read(Receivers + "canary_missing: watchdog\n").CanaryMissing);
        var wrong = Assert.Single(ReceiverFiles.Read(Receivers + "canary_missing: [watchdog, wachdog]\n").Diagnostics);
        Assert.Equal(3, wrong.Line);
        Assert.Contains("did you mean 'watchdog'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receiver_that_publishes_names_a_bridge_that_there_is_and_levels_that_can_begin_a_topic()
    {
        const string Text = "receivers: [{ name: a, type: mqtt, bridge: plnt, topic: x }]\nroutes: [{ receivers: a }]\n";
        var wrong = Assert.Single(ReceiverFiles.Read(Text, ["plant"]).Diagnostics);
        Assert.Equal(1, wrong.Line);
        Assert.Contains("did you mean 'plant'", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(ReceiverFiles.Read(Text).Diagnostics);
        Assert.Empty(ReceiverFiles.Read(Text.Replace("plnt", "plant", StringComparison.Ordinal), ["plant"]).Diagnostics);
        foreach (var topic in (string[])["a/", "/a", "a/#", "+", "$SYS"])
        {
            Assert.Contains(ReceiverFiles.Read($"receivers: [{{ name: a, type: mqtt, topic: {topic} }}]\nroutes: [{{ receivers: a }}]\n").Diagnostics, mistake => mistake.Message.Contains("cannot begin a topic", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_a_route_of_the_first_level_can_be_the_canarys()
    {
        var catalog = ReceiverFiles.Read("receivers: [{ name: a, type: file }]\nroutes:\n  - canary: true\n    receivers: a\n    routes: [{ tier: major }]\n  - receivers: a\n    routes: [{ canary: true }]\n");
        Assert.Contains("7:24", Assert.Single(catalog.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_receivers_and_routes()
    {
        var catalog = ReceiverFiles.Read(Whole);
        Assert.Empty(catalog.Diagnostics);
        Assert.Equal(["archive", "control-room", "duty"], catalog.Receivers.Select(receiver => receiver.Name));
        var hook = Assert.IsType<WebhookDefinition>(catalog.Receivers[1]);
        Assert.Equal("https://alerts.example/hook", hook.Address);
        Assert.Equal((WebhookMode.Batch, 500, 2, TimeSpan.FromSeconds(35)), (hook.Options.Mode, hook.Options.Terms.MaxBatch, hook.Options.Terms.MaxInFlight, hook.Options.Terms.Timeout));
        var mail = Assert.IsType<EmailDefinition>(catalog.Receivers[2]).Options;
        Assert.Equal(("mail.example", 465, SmtpTls.Implicit, "geheim"), (mail.Host, mail.Port, mail.Tls, mail.Password));
        Assert.Equal(["archive", "control-room", "duty"], catalog.Router.Reached(Facts(Tier.Major)));
        Assert.Equal(["archive", "control-room"], catalog.Router.Reached(Facts(Tier.General) with { Zone = "hall-3", Labels = new Dictionary<string, string> { ["site"] = "east" } }));
        Assert.Equal(["archive", "duty"], catalog.Router.Reached(Facts(Tier.General) with { Zone = "hall-3" }));
        Assert.Equal(["archive"], catalog.Router.Reached(Facts(Tier.General) with { IsHeld = true }));
    }

    [Fact]
    public void Finds_every_mistake_at_once_with_its_place()
    {
        var found = ReceiverFiles.Read("""
            receivers:
              - name: Hook
                type: webhok
              - name: clear
                type: webhook
                url: http://alerts.example/x
                secret_env: SHORT
                colour: red
              - name: clear
                type: email
                server: mail.example
                from: nobody
                to: [a@b]
            routes:
              - tier: magor
                state: fireing
                receivers: [claer]
              - zone: x
            """).Diagnostics.Select(mistake => mistake.ToString()).ToArray();
        string[] expected =
        [
            "receivers.yaml:2:11: error invalid-value: 'Hook' cannot name a receiver",
            "receivers.yaml:3:11: error invalid-value: there is no type of receiver 'webhok'; did you mean 'webhook'?",
            "receivers.yaml:6:10: error invalid-value: alerts would leave this machine in clear text",
            "receivers.yaml:7:17: error out-of-range: the secret is too short to sign with",
            "receivers.yaml:8:5: error unknown-key: unknown key 'colour' in a receiver",
            "receivers.yaml:9:11: error duplicate-name: receiver 'clear' is declared already",
            "receivers.yaml:11:13: error invalid-value: 'server' is not an address that can be used",
            "receivers.yaml:12:11: error invalid-value: 'nobody' is not an address",
            "receivers.yaml:15:11: error invalid-value: 'magor' is no tier; did you mean 'major'?",
            "receivers.yaml:16:12: error invalid-value: 'fireing' is no state or event of an alert; did you mean 'firing'?",
            "receivers.yaml:17:16: error unknown-name: there is no receiver 'claer'; did you mean 'clear'?",
            "receivers.yaml:18:5: error missing-key: the route tells nobody",
        ];
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tier_that_would_reach_nobody_and_a_route_that_is_never_asked_are_warned_of()
    {
        var found = ReceiverFiles.Read("""
            receivers:
              - { name: a, type: file }
            routes:
              - receivers: a
                tier: major
              - zone: z
                receivers: a
            """).Diagnostics;
        var warning = Assert.Single(found);
        Assert.Contains("general, significant, cross-border", warning.Message, StringComparison.Ordinal);
        var hidden = ReceiverFiles.Read("receivers: [{ name: a, type: file }]\nroutes: [{ receivers: a }, { zone: z, receivers: a }]").Diagnostics;
        Assert.Contains("never asked", Assert.Single(hidden).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_file_is_a_mistake_and_a_changed_one_changes_the_receiver()
    {
        const string Hook = "receivers: [{ name: a, type: webhook, url: 'https://x/y', secret_env: HOOK_SECRET }]\nroutes: [{ receivers: a }]";
        Assert.True(ReceiverFiles.Read(Hook.Replace("secret_env: HOOK_SECRET", "secret: abcdefghijklmnop", StringComparison.Ordinal)).HasErrors);
        var one = ReceiverFiles.Read(Hook).Receivers[0];
        Assert.Equal(one.Fingerprint, ReceiverFiles.Read(Hook.Replace("routes:", "\n# a comment\nroutes:", StringComparison.Ordinal)).Receivers[0].Fingerprint);
        Assert.DoesNotContain(ReceiverFiles.Secret, one.Fingerprint, StringComparison.Ordinal);
        var other = ReceiverFileReader.Read("receivers.yaml", Hook, new Fengsui.Api.Configuration.Binding.SecretReader("/", new Dictionary<string, string> { ["HOOK_SECRET"] = "another secret, longer" }));
        Assert.NotEqual(one.Fingerprint, other.Receivers[0].Fingerprint);
    }

    [Fact]
    public void Without_a_file_nobody_is_told() => Assert.Empty(ReceiverFileReader.Read("receivers.yaml", null, null!).Receivers);

    private static RouteFacts Facts(Tier tier) => new(tier, Tier.None, "firing", "", "", "", "", new Dictionary<string, string>(), [], IsHeld: false);
}
