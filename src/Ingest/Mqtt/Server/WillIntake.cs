using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Security;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>Hands a will to the intake as its client's last message: a device's death certificate must not pass by those who keep its readings.</summary>
internal static class WillIntake
{
    /// <summary>Nobody waits for an acknowledgement, so a journal without room for so long loses the message, as it would lose any of QoS 0.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TakeAsync(IIntake intake, BrokerMessage message, ClientAccess client, TimeProvider time)
    {
        using var connection = intake.Open(client.ClientId, "mqtt/will", client.User);
        connection.Accept(new InboundMessage { Topic = message.TopicBytes, Payload = message.Payload, TopicCacheSlot = -1 });
        if (!connection.HasStaged)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        while (!connection.TryCommit(NobodyWaits.Instance, out _) && !patience.IsCancellationRequested)
        {
            await connection.WaitForRoomAsync(patience.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class NobodyWaits : ICommitWaiter
    {
        public static NobodyWaits Instance { get; } = new();

        public void OnCommitted(long position)
        {
        }
    }
}
