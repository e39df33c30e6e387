using System.Text;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A subscription of a lasting session is kept from its SUBACK on, whatever becomes of the server right after it.</summary>
public sealed class LastingSubscriptionTests(ITestOutputHelper output)
{
    private const byte SessionPresent = 1;

    [Fact]
    public async Task An_alert_right_after_a_SUBACK_reaches_its_subscriber_over_a_sigkill()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using (var subscriber = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("lasting", clean: false)))
        {
            await subscriber.SendAsync(Packets.MakeSubscribe(1, "alerts/#", 1));
            Assert.Equal(Packets.SubAck, (await subscriber.ReadAsync())!.First);
            using var gateway = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway"));
            await gateway.SendAsync(Packets.MakePublish("telemetry/kiln", """{"temperature":99}""", 1, 1));
            Assert.Equal(Packets.PubAck, (await gateway.ReadAsync())!.First);
            await server.KillAsync();
        }

        await server.StartAsync();
        using var again = await RawConnection.OpenAsync(server.MqttEndPoint);
        await again.SendAsync(Packets.MakeConnect("lasting", clean: false));
        var answer = await again.ReadAsync();
        Assert.Equal((Packets.ConnAck, SessionPresent), (answer!.First, answer.Body[0]));
        var told = await again.ReadAsync();
        Assert.Contains("kiln", Encoding.UTF8.GetString(told!.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_of_a_session_that_ends_with_its_connection_waits_for_no_disk()
    {
        await using var server = await FengsuiServer.StartAsync(output);
        using var subscriber = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("passing"));
        await subscriber.SendAsync(Packets.MakeSubscribe(1, "alerts/#", 1));
        Assert.Equal(Packets.SubAck, (await subscriber.ReadAsync())!.First);
        await server.KillAsync();
        await server.StartAsync();

        using var again = await RawConnection.OpenAsync(server.MqttEndPoint);
        await again.SendAsync(Packets.MakeConnect("passing", clean: false));
        var answer = await again.ReadAsync();
        Assert.Equal((Packets.ConnAck, 0), (answer!.First, answer.Body[0]));
    }
}
