using System.Text;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.MqttClients;

/// <summary>Short words for the tests of the client.</summary>
internal static class ClientFixture
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static MqttClientOptions Options(MqttVersion version = MqttVersion.V5, int maxInFlight = 8, int incoming = 16, int waiting = 16) => new()
    {
        ClientId = "tested",
        Version = version,
        KeepAlive = TimeSpan.Zero,
        MaxInFlight = maxInFlight,
        MaxWaitingPublishes = waiting,
        IncomingCapacity = incoming,
        FirstReconnectDelay = TimeSpan.FromMilliseconds(1),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(1),
    };

    public static MqttMessage Message(string payload, byte qos = 1) => new("t", Encoding.UTF8.GetBytes(payload), qos);

    public static string Text(MqttReceived message) => Encoding.UTF8.GetString(message.Payload);

    public static async Task<MqttReceived> NextAsync(MqttClient client) => await client.Incoming.ReadAsync().AsTask().WaitAsync(Deadline);

    /// <summary>Completes when the client enters the state.</summary>
    public static Task<MqttDisconnect?> EntersAsync(MqttClient client, MqttClientState wanted)
    {
        var entered = new TaskCompletionSource<MqttDisconnect?>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.StateChanged += (state, why) =>
        {
            if (state == wanted)
            {
                entered.TrySetResult(why);
            }
        };
        return entered.Task.WaitAsync(Deadline);
    }

    public static async Task<(MqttClient Client, ScriptedConnection Connection)> ConnectAsync(
        ScriptedServer server, MqttClientOptions options, ushort? receiveMaximum = null, TimeProvider? time = null)
    {
        var client = new MqttClient(options, server, time, new Random(1));
        var connecting = client.ConnectAsync();
        var connection = await server.AcceptAsync(receiveMaximum: receiveMaximum);
        await connecting.WaitAsync(Deadline);
        return (client, connection);
    }
}
