using System.Text;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.MqttClients;

public sealed class ConnectingTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public async Task Connect_carries_credentials_will_and_session_wishes(MqttVersion version)
    {
        var server = new ScriptedServer(version);
        await using var client = new MqttClient(
            new MqttClientOptions
            {
                ClientId = "bridge",
                Version = version,
                UserName = "u",
                Password = "p",
                CleanStart = false,
                KeepAlive = TimeSpan.FromSeconds(17),
                SessionExpiry = TimeSpan.FromSeconds(300),
                Will = new MqttWill("gone", "yes"u8.ToArray(), Qos: 1, Retain: true) { Delay = TimeSpan.FromSeconds(5) },
                UserProperties = [new("site", "a")],
            },
            server);
        var connecting = client.ConnectAsync();
        var connection = await server.DialedAsync();
        var sent = await connection.ExpectAsync(PacketType.Connect);
        CheckConnect(sent, version);
        await connection.AcceptAsync(sessionPresent: true);
        Assert.True((await connecting.WaitAsync(ClientFixture.Deadline)).SessionPresent);
        Assert.Equal(MqttClientState.Connected, client.State);
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_its_code()
    {
        var server = new ScriptedServer();
        await using var client = new MqttClient(ClientFixture.Options(), server);
        var connecting = client.ConnectAsync();
        var connection = await server.DialedAsync();
        await connection.ExpectAsync(PacketType.Connect);
        await connection.AcceptAsync(sessionPresent: false, code: (byte)ReasonCode.NotAuthorized);
        var refused = await Assert.ThrowsAsync<MqttConnectException>(() => connecting);
        Assert.Equal(MqttDisconnectKind.Refused, refused.Disconnect.Kind);
        Assert.Equal((byte)ReasonCode.NotAuthorized, refused.Disconnect.Code);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_connect_timeout()
    {
        var time = new ManualTime();
        var server = new ScriptedServer();
        await using var client = new MqttClient(ClientFixture.Options(), server, time);
        var connecting = client.ConnectAsync();
        var connection = await server.DialedAsync();
        await connection.ExpectAsync(PacketType.Connect);
        time.Advance(TimeSpan.FromSeconds(10));
        var failed = await Assert.ThrowsAsync<MqttConnectException>(() => connecting.WaitAsync(ClientFixture.Deadline));
        Assert.Equal(MqttDisconnectKind.Lost, failed.Disconnect.Kind);
    }

    [Fact]
    public async Task Keep_alive_pings_and_gives_up_a_silent_server()
    {
        var time = new ManualTime();
        var server = new ScriptedServer();
        var options = new MqttClientOptions { ClientId = "tested", KeepAlive = TimeSpan.FromSeconds(30) };
        var (client, connection) = await ClientFixture.ConnectAsync(server, options, time: time);
        await using var owned = client;
        time.Advance(TimeSpan.FromSeconds(15));
        await connection.ExpectAsync(PacketType.PingReq);
        await connection.SendAsync([0xD0, 0]);
        await connection.PublishAsync("t", "after the ping", 0, 0);
        await ClientFixture.NextAsync(client);
        time.Advance(TimeSpan.FromSeconds(15));
        await connection.ExpectAsync(PacketType.PingReq);
        var lost = ClientFixture.EntersAsync(client, MqttClientState.Reconnecting);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(MqttDisconnectKind.KeepAliveTimeout, (await lost)!.Kind);
    }

    [Fact]
    public async Task A_client_whose_id_was_taken_over_does_not_take_it_back()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ClientFixture.ConnectAsync(server, ClientFixture.Options());
        await using var owned = client;
        var closed = ClientFixture.EntersAsync(client, MqttClientState.Closed);
        await connection.DisconnectAsync(ReasonCode.SessionTakenOver);
        var why = await closed;
        Assert.Equal((byte)ReasonCode.SessionTakenOver, why!.Code);
        Assert.Equal(1, server.Dials);
        await client.Incoming.Completion.WaitAsync(ClientFixture.Deadline);
    }

    [Fact]
    public async Task Bytes_that_are_not_mqtt_end_the_connection_and_say_what_was_wrong()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ClientFixture.ConnectAsync(server, ClientFixture.Options());
        await using var owned = client;
        var lost = ClientFixture.EntersAsync(client, MqttClientState.Reconnecting);
        await connection.SendAsync([0x36, 3, 0, 1, (byte)'t']);
        var why = await lost;
        Assert.Equal(MqttDisconnectKind.ProtocolError, why!.Kind);
        Assert.Equal(MalformedCause.InvalidQos, why.Cause);
        await server.AcceptAsync();
    }

    [Fact]
    public async Task A_client_that_is_closed_in_the_very_moment_in_which_it_has_reconnected_ends()
    {
        for (var round = 0; round < 500; round++)
        {
            var server = new ScriptedServer();
            var (client, connection) = await ClientFixture.ConnectAsync(server, ClientFixture.Options());
            await connection.CloseAsync();
            await server.AcceptAsync();
            await client.DisposeAsync().AsTask().WaitAsync(ClientFixture.Deadline);
        }
    }

    [Fact]
    public async Task Disconnect_sends_what_is_queued_first()
    {
        var server = new ScriptedServer();
        var (client, connection) = await ClientFixture.ConnectAsync(server, ClientFixture.Options());
        await client.PublishAsync(ClientFixture.Message("last words", qos: 0));
        await client.DisconnectAsync();
        Assert.Equal("last words", (await connection.ExpectAsync(PacketType.Publish)).Payload);
        await connection.ExpectAsync(PacketType.Disconnect);
        Assert.True(await connection.IsClosedAsync());
        await client.DisposeAsync();
    }

    private static void CheckConnect(ScriptedPacket sent, MqttVersion version)
    {
        Assert.True(ConnectPacket.TryParse(sent.Body, DecodeLimits.Protocol, out var packet, out _));
        Assert.Equal(version, packet.Version);
        Assert.False(packet.CleanStart);
        Assert.Equal(17, packet.KeepAliveSeconds);
        Assert.Equal("u", Encoding.UTF8.GetString(packet.UserName));
        Assert.Equal("p", Encoding.UTF8.GetString(packet.Password));
        Assert.Equal("gone", Encoding.UTF8.GetString(packet.WillTopic));
        Assert.True(packet.WillRetain);
        Assert.Equal(version == MqttVersion.V5, Has(packet.Properties, PropertyId.SessionExpiryInterval, 300));
        Assert.Equal(version == MqttVersion.V5, Has(packet.Properties, PropertyId.ReceiveMaximum, 1024));
        Assert.Equal(version == MqttVersion.V5, Has(packet.WillProperties, PropertyId.WillDelayInterval, 5));
    }

    private static bool Has(ReadOnlySpan<byte> section, PropertyId id, uint value)
    {
        var properties = new PropertyReader(section);
        while (properties.MoveNext())
        {
            if (properties.Id == id)
            {
                return properties.Number == value;
            }
        }

        return false;
    }
}
