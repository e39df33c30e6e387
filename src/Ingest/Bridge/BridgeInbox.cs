using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Bridge;

/// <summary>
/// Takes the outside broker's messages into the journal, by the same way as those of our own clients, and acknowledges each once it is durable. What
/// comes together is one batch.
/// </summary>
internal sealed class BridgeInbox(BridgeOptions options, IConnectionIntake intake, SourceConnection report, CancellationToken stopping) : IDisposable
{
    /// <summary>Bound on topics whose name here is remembered; more are mapped each time.</summary>
    private const int MaxTopics = 16_384;

    private readonly Dictionary<string, (byte[] Name, int Slot)> _topics = new(StringComparer.Ordinal);
    private readonly List<(MqttReceived Message, ReasonCode Answer)> _unanswered = [];
    private readonly CommitGate _gate = new(stopping);

    /// <summary>Runs until the client is closed, or the bridge is to stop.</summary>
    public async Task RunAsync(MqttClient client)
    {
        while (await client.Incoming.WaitToReadAsync(stopping).ConfigureAwait(false))
        {
            while (!intake.NeedsCommit && client.Incoming.TryRead(out var message))
            {
                Take(message);
            }

            var staged = intake.Staged;
            await CommitAsync().ConfigureAwait(false);
            report.Committed(staged);
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Take(MqttReceived received)
    {
        report.Heard(received.Payload.Length);
        var (topic, slot) = NameOf(received.Topic);
        var verdict = intake.Accept(new InboundMessage
        {
            Topic = topic,
            Payload = received.Payload,
            Qos = received.Qos,
            Dup = received.IsDuplicate,
            Retain = received.Retain,
            PacketId = received.PacketId,
            TopicCacheSlot = slot,
        });
        _unanswered.Add((received, verdict == IntakeVerdict.Refused ? (ReasonCode)intake.RefusedReason : ReasonCode.Success));
        if (verdict == IntakeVerdict.NotTelemetry)
        {
            report.Reject(RejectReason.NotMapped);
            report.Note($"no route for topic {received.Topic}");
        }
    }

    private async ValueTask CommitAsync()
    {
        if (intake.HasStaged)
        {
            long position;
            while (!intake.TryCommit(_gate, out position))
            {
                await intake.WaitForRoomAsync(stopping).ConfigureAwait(false);
            }

            await _gate.WaitAsync(position).ConfigureAwait(false);
        }

        foreach (var (message, answer) in _unanswered)
        {
            message.Acknowledge(answer);
        }

        _unanswered.Clear();
    }

    private (byte[] Name, int Slot) NameOf(string topic)
    {
        if (_topics.TryGetValue(topic, out var known))
        {
            return known;
        }

        var outside = Encoding.UTF8.GetBytes(topic);
        var route = options.Routes.FirstOrDefault(route => route.Pattern.Matches(outside));
        var name = route is null ? outside : Encoding.UTF8.GetBytes(route.Map(topic));
        if (_topics.Count >= MaxTopics)
        {
            return (name, -1);
        }

        _topics.Add(topic, (name, _topics.Count));
        return (name, _topics.Count - 1);
    }
}
