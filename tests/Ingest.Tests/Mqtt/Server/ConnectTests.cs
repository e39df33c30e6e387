using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Mqtt.Server;

public sealed class ConnectTests
{
    [Theory, InlineData(MqttVersion.V311), InlineData(MqttVersion.V5)]
    public async Task Accepts_a_client_and_answers_its_ping(MqttVersion version)
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", version);
        await client.PingAsync();
        Assert.Equal(1, fixture.Broker.ConnectionCount);
    }

    [Fact]
    public async Task Tells_a_5_0_client_its_limits_and_its_assigned_id()
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { ResponseInformation = "answers" });
        var answer = await fixture.Open().ConnectAsync("", properties: p => p.Add(PropertyId.RequestResponseInformation, 1).Add(PropertyId.SessionExpiryInterval, uint.MaxValue));
        Assert.Equal(1000u, answer.Number(PropertyId.ReceiveMaximum));
        Assert.Equal(1024u * 1024, answer.Number(PropertyId.MaximumPacketSize));
        Assert.Equal(60u, answer.Number(PropertyId.ServerKeepAlive));
        Assert.Equal(7u * 24 * 3600, answer.Number(PropertyId.SessionExpiryInterval));
        Assert.Contains(answer.Properties(), p => p.Id == PropertyId.AssignedClientIdentifier && p.Text.Length > 0);
        Assert.Contains(answer.Properties(), p => p is { Id: PropertyId.ResponseInformation, Text: "answers" });
    }

    [Theory, InlineData(10), InlineData(20)]
    public async Task Refuses_a_client_that_cannot_take_the_answer(uint maximum)
    {
        await using var fixture = new BrokerFixture();
        var client = fixture.Open();
        var answer = await client.ConnectAsync("", properties: p => p.Add(PropertyId.MaximumPacketSize, maximum));
        Assert.Equal(ReasonCode.PacketTooLarge, answer.Reason);
        Assert.Null(await client.ReceiveLastAsync());
        Assert.Equal(0, fixture.Broker.SessionCount);
    }

    [Theory, InlineData(MqttVersion.V311, 5), InlineData(MqttVersion.V5, 0x90)]
    public async Task Refuses_a_will_whose_topic_is_out_of_bounds(MqttVersion version, byte code)
    {
        await using var fixture = new BrokerFixture(new MqttServerOptions { MaxTopicLevels = 2 });
        var client = fixture.Open(version);
        Assert.Equal(code, (byte)(await client.ConnectAsync("a", will: new Will("a/b/c", "x"))).Reason);
        Assert.Null(await client.ReceiveLastAsync());
        Assert.Equal(1, fixture.Broker.CountOf(DropPolicy.TopicOutOfBounds));
    }

    [Fact]
    public async Task Refuses_an_empty_id_with_a_kept_session_in_3_1_1()
    {
        await using var fixture = new BrokerFixture();
        var client = fixture.Open(MqttVersion.V311);
        Assert.Equal(2, (byte)(await client.ConnectAsync("", clean: false)).Reason);
        Assert.Null(await client.ReceiveLastAsync());
    }

    [Theory, InlineData(3, 1), InlineData(6, 0x84)]
    public async Task Refuses_other_protocol_levels_in_the_form_they_understand(byte level, byte code)
    {
        await using var fixture = new BrokerFixture();
        var client = fixture.Open(level < 5 ? MqttVersion.V311 : MqttVersion.V5);
        await client.SendAsync(new byte[] { 0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', level, 2, 0, 0, 0, 0 });
        Assert.Equal(code, (byte)(await client.ReceiveAsync(PacketType.ConnAck)).Reason);
        Assert.Null(await client.ReceiveLastAsync());
    }

    [Fact]
    public async Task Closes_when_the_first_packet_is_not_connect()
    {
        await using var fixture = new BrokerFixture();
        var client = fixture.Open();
        await client.SendAsync(PingPacket.Request.ToArray());
        Assert.Null(await client.ReceiveLastAsync());
        Assert.Equal(1, fixture.Broker.CountOf(MalformedCause.FirstPacketNotConnect));
    }

    [Fact]
    public async Task A_second_connect_is_a_protocol_error()
    {
        await using var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a");
        await client.SendConnectAsync("a");
        Assert.Equal(ReasonCode.ProtocolError, (await client.ReceiveLastAsync())!.Reason);
    }

    [Fact]
    public async Task Refuses_enhanced_authentication()
    {
        await using var fixture = new BrokerFixture();
        var answer = await fixture.Open().ConnectAsync("a", properties: p => p.Add(PropertyId.AuthenticationMethod, "SCRAM"));
        Assert.Equal(ReasonCode.BadAuthenticationMethod, answer.Reason);
    }

    [Fact]
    public async Task Asks_for_a_user_and_a_password_when_told_to()
    {
        var users = new Dictionary<string, PasswordHash> { ["ops"] = PasswordHash.Create("secret"u8, iterations: 1000) };
        using var authenticator = new PasswordAuthenticator(users, allowAnonymous: false);
        await using var fixture = new BrokerFixture(authenticator: authenticator);
        Assert.Equal(ReasonCode.NotAuthorized, (await fixture.Open().ConnectAsync("a")).Reason);
        Assert.Equal(ReasonCode.BadUserNameOrPassword, (await fixture.Open().ConnectAsync("a", user: "ops", password: "wrong")).Reason);
        Assert.Equal(ReasonCode.BadUserNameOrPassword, (await fixture.Open().ConnectAsync("a", user: "nobody", password: "secret")).Reason);
        Assert.Equal(4, (byte)(await fixture.Open(MqttVersion.V311).ConnectAsync("a", user: "ops", password: "wrong")).Reason);
        Assert.Equal(ReasonCode.Success, (await fixture.Open().ConnectAsync("a", user: "ops", password: "secret")).Reason);
    }

    [Fact]
    public void A_password_hash_survives_being_written_down()
    {
        Assert.True(PasswordHash.TryParse(PasswordHash.Create("pw"u8, 1000).ToString(), out var hash));
        Assert.True(hash!.Verify("pw"u8));
        Assert.False(hash.Verify("pW"u8));
        Assert.False(PasswordHash.TryParse("pbkdf2-sha256$0$AAAA$AAAA", out _));
    }

    [Fact]
    public async Task A_new_connection_takes_over_and_the_old_one_is_told()
    {
        await using var fixture = new BrokerFixture();
        var first = await fixture.ConnectAsync("a");
        var second = await fixture.ConnectAsync("a");
        Assert.Equal(ReasonCode.SessionTakenOver, (await first.ReceiveLastAsync())!.Reason);
        await second.PingAsync();
        Assert.Equal(1, fixture.Broker.SessionCount);
    }

    [Theory, InlineData(MqttVersion.V311), InlineData(MqttVersion.V5)]
    public async Task Shutdown_tells_clients_and_waits_for_them(MqttVersion version)
    {
        var fixture = new BrokerFixture();
        var client = await fixture.ConnectAsync("a", version);
        await fixture.Broker.StopAsync();
        var last = await client.ReceiveLastAsync();
        Assert.Equal(version == MqttVersion.V5 ? ReasonCode.ServerShuttingDown : null, last?.Reason);
        await fixture.DisposeAsync();
    }

    [Fact]
    public void Options_report_all_mistakes_at_once()
    {
        var errors = new MqttServerOptions { MaxConnections = 0, ReceiveMaximum = 70_000, ConnectTimeout = TimeSpan.Zero }.Validate();
        Assert.Equal(3, errors.Count);
    }
}
