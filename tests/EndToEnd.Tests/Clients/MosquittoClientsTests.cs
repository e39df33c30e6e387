namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>Debian's mosquitto_pub and mosquitto_sub, in both versions of the protocol.</summary>
public sealed class MosquittoClientsTests(ITestOutputHelper output)
{
    private const string Program = "mosquitto_pub";

    [TheoryIfInstalled(Program)]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    [InlineData("5", 2)]
    public async Task Messages_arrive_in_order_and_once_at_every_QoS(string version, int qos)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var lines = Enumerable.Range(0, 300).Select(n => $"message {n}").ToArray();
        using var subscriber = await SubscribeAsync(server, version, "-t", "plain/+", "-q", $"{qos}", "-C", "300");
        var published = await Command.RunAsync(
            Program, string.Join('\n', lines) + "\n", Eventually.Patience, "-p", server.MqttPortText, "-V", Of(version), "-t", "plain/x", "-q", $"{qos}", "-l");
        Assert.True(published.ExitCode == 0, published.ToString());
        await subscriber.ExitAsync();
        Assert.Equal(lines, subscriber.Lines);
    }

    [TheoryIfInstalled(Program)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task A_retained_message_greets_who_subscribes_later_until_it_is_cleared(string version)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        await PublishAsync(server, version, "-t", "state/door", "-m", "open", "-r", "-q", "1");
        var seen = await Command.RunAsync("mosquitto_sub", "-p", server.MqttPortText, "-V", Of(version), "-t", "state/#", "-F", "%r %t %p", "-C", "1", "-W", "10");
        Assert.Equal("1 state/door open", seen.Output.Trim());
        await PublishAsync(server, version, "-t", "state/door", "-n", "-r", "-q", "1");
        var none = await Command.RunAsync("mosquitto_sub", "-p", server.MqttPortText, "-V", Of(version), "-t", "state/#", "-W", "1");
        Assert.Empty(none.Output);
    }

    [TheoryIfInstalled(Program)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task A_will_is_published_when_its_client_is_killed_and_not_when_it_leaves(string version)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var heir = await SubscribeAsync(server, version, "-t", "wills/#", "-F", "%t %p");
        using (var leaving = await SubscribeAsync(server, version, "-t", "x", "-i", "leaving", "--will-topic", "wills/leaving", "--will-payload", "no", "-C", "1"))
        {
            await PublishAsync(server, version, "-t", "x", "-m", "now leave", "-q", "1");
            await leaving.ExitAsync();
        }

        using var dying = await SubscribeAsync(server, version, "-t", "y", "-i", "dying", "--will-topic", "wills/dying", "--will-payload", "yes");
        dying.Kill();
        await Eventually.TrueAsync("the will", () => heir.Lines.Count > 0);
        Assert.Equal(["wills/dying yes"], heir.Lines);
    }

    [FactIfInstalled(Program)]
    public async Task A_shared_subscription_gives_each_message_to_one_member()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var one = await SubscribeAsync(server, "5", "-t", "$share/workers/jobs/#", "-q", "1");
        using var two = await SubscribeAsync(server, "5", "-t", "$share/workers/jobs/#", "-q", "1");
        var jobs = Enumerable.Range(0, 200).Select(n => $"job {n}").ToArray();
        var published = await Command.RunAsync(
            Program, string.Join('\n', jobs) + "\n", Eventually.Patience, "-p", server.MqttPortText, "-t", "jobs/x", "-q", "1", "-l");
        Assert.True(published.ExitCode == 0, published.ToString());
        await Eventually.TrueAsync("all jobs are taken", () => one.Lines.Count + two.Lines.Count >= jobs.Length);
        Assert.Equal(jobs.Order(StringComparer.Ordinal), one.Lines.Concat(two.Lines).Order(StringComparer.Ordinal));
        Assert.NotEmpty(one.Lines);
        Assert.NotEmpty(two.Lines);
    }

    [TheoryIfInstalled(Program)]
    [InlineData("311")]
    [InlineData("5")]
    public async Task Messages_queue_for_a_session_that_is_away_until_it_expires(string version)
    {
        await using var server = await FengsuiServer.StartAsync(output);
        string[] session = ["-i", "away", "-c", "-t", "mail/#", "-q", "1", .. version == "5" ? ["-x", "3600"] : Array.Empty<string>()];
        using (var present = await SubscribeAsync(server, version, [.. session, "-C", "1"]))
        {
            await PublishAsync(server, version, "-t", "mail/x", "-m", "go away now", "-q", "1");
            await present.ExitAsync();
        }

        var letters = Enumerable.Range(0, 20).Select(n => $"letter {n}").ToArray();
        var published = await Command.RunAsync(
            Program, string.Join('\n', letters) + "\n", Eventually.Patience, "-p", server.MqttPortText, "-t", "mail/x", "-q", "1", "-l");
        Assert.True(published.ExitCode == 0, published.ToString());
        var back = await Command.RunAsync("mosquitto_sub", ["-p", server.MqttPortText, "-V", Of(version), .. session, "-C", "20", "-W", "10"]);
        Assert.Equal(letters, back.Lines);
    }

    [FactIfInstalled(Program)]
    public async Task A_session_of_MQTT_5_ends_when_it_expires()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        var brief = await Command.RunAsync("mosquitto_sub", "-p", server.MqttPortText, "-V", "5", "-i", "brief", "-c", "-x", "1", "-t", "mail/#", "-q", "1", "-E");
        Assert.True(brief.ExitCode == 0, brief.ToString());
        Assert.Equal(1, await server.Api.MetricAsync("fengsui_mqtt_sessions"));
        await Eventually.TrueAsync("the session has ended", async () => await server.Api.MetricAsync("fengsui_mqtt_sessions") == 0);
    }

    private static string Of(string version) => version == "5" ? "mqttv5" : "mqttv311";

    private static async Task PublishAsync(FengsuiServer server, string version, params string[] arguments)
    {
        var published = await Command.RunAsync(Program, ["-p", server.MqttPortText, "-V", Of(version), .. arguments]);
        Assert.True(published.ExitCode == 0, published.ToString());
    }

    /// <summary>Starts a subscriber and waits until the server counts its subscription.</summary>
    private static async Task<BackgroundCommand> SubscribeAsync(FengsuiServer server, string version, params string[] arguments)
    {
        var before = await server.Api.MetricAsync("fengsui_mqtt_subscriptions");
        var subscriber = new BackgroundCommand("mosquitto_sub", ["-p", server.MqttPortText, "-V", Of(version), .. arguments]);
        await Eventually.TrueAsync(
            "subscribed: " + subscriber.Error, async () => subscriber.HasExited || await server.Api.MetricAsync("fengsui_mqtt_subscriptions") > before);
        return subscriber;
    }
}
