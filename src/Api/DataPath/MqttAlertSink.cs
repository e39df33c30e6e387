using System.Buffers;
using System.Text.Json;
using Fengsui.Devices.Alerts;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Rules.Alerts;
using Fengsui.Rules.Model;

namespace Fengsui.Api.DataPath;

/// <summary>
/// Publishes transitions to <c>alerts/{tier}/{zone}/{device}</c>, those of a zone itself to <c>alerts/{tier}/{zone}</c>. While an alert is active its latest step is retained
/// on the topic of its tier; MQTT keeps one message a topic, so that message lists the other active alerts there under
/// <c>also_active</c>. A change of tier is published under both tiers, with one id. What people and time do is published there too, and not retained.
/// </summary>
internal sealed class MqttAlertSink(string prefix) : IAlertSink
{
    private const byte Qos = 1;

    private static readonly PublishProperties Properties = new() { ContentType = "application/json", IsText = true };

    private long _published;

    /// <summary>Number of the last transition that was handed to the broker.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Says that transitions up to this number need not be published any more.</summary>
    public void Seen(long number) => Volatile.Write(ref _published, Math.Max(_published, number));

    /// <summary>The broker is opened after the engine; until then nobody can have subscribed.</summary>
    public MqttBroker? Broker { get; set; }

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        if (Broker is not { } broker)
        {
            return;
        }

        foreach (var entry in entries.Where(entry => !entry.IsShadow))
        {
            if (entry is AlertTransition transition)
            {
                Publish(broker, transition, book);
            }
            else
            {
                if (entry is AlertEvent { Kind: AlertEventKind.Released } && book.Find(entry.AlertId) is { Latest.IsActive: true } released)
                {
                    // Who subscribes later must not be told that it is held back.
                    broker.ReplaceRetained(Topic(released.Latest, released.Latest.Tier), Payload(AsItIs(released.Latest, book), released.Latest.Tier, book));
                }

                broker.Publish(Topic(entry, entry.Tier), AlertJson.ToBytes(entry), Qos, retain: false, Properties);
            }
        }

        Seen(firstNumber + entries.Count - 1);
    }

    /// <summary>After a restart: exactly the active alerts are retained.</summary>
    public void Restore(AlertBook book)
    {
        foreach (var topic in Broker?.RetainedTopics($"{prefix}/#") ?? [])
        {
            Broker?.ReplaceRetained(topic, null);
        }

        foreach (var alert in book.List(includeResolved: false))
        {
            Broker?.ReplaceRetained(Topic(alert.Latest, alert.Latest.Tier), Payload(AsItIs(alert.Latest, book), alert.Latest.Tier, book));
        }
    }

    private void Publish(MqttBroker broker, AlertTransition transition, AlertBook book)
    {
        var left = transition.PreviousTier;
        if (left != Tier.None && left != transition.Tier)
        {
            Leave(broker, transition, left, book);
        }

        if (transition.IsActive)
        {
            broker.Publish(Topic(transition, transition.Tier), Payload(transition, transition.Tier, book), Qos, retain: true, Properties);
        }
    }

    /// <summary>The alert is over, or goes on at another tier: what stays retained here is another alert, or nothing.</summary>
    private void Leave(MqttBroker broker, AlertTransition transition, Tier tier, AlertBook book)
    {
        var before = Before(transition, book);
        var topic = Topic(before, tier);
        broker.Publish(topic, AlertJson.ToBytes(transition), Qos, retain: false, Properties);
        var others = Others(before, tier, book);
        broker.ReplaceRetained(topic, others.Count == 0 ? null : Payload(AsItIs(others[^1], book), tier, book));
    }

    /// <summary>The step that is retained now: the device may have changed its zone since.</summary>
    private static AlertTransition Before(AlertTransition transition, AlertBook book) =>
        book.Find(transition.AlertId)?.Transitions.LastOrDefault(step => step.Sequence < transition.Sequence) ?? transition;

    private string Topic(AlertEntry entry, Tier tier) => AlertTopics.Of(prefix, entry, tier);

    /// <summary>With what holds it back now, if anything does: it may have been released since.</summary>
    private static AlertTransition AsItIs(AlertTransition step, AlertBook book) =>
        book.Find(step.AlertId)?.Status is { } status ? step with { HeldBy = status.HeldBy, Group = status.Group } : step;

    private static byte[] Payload(AlertTransition transition, Tier tier, AlertBook book)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            AlertJson.WriteFields(json, transition);
            json.WriteStartArray("also_active");
            foreach (var other in Others(transition, tier, book))
            {
                json.WriteStartObject();
                json.WriteString("alert", other.AlertId);
                json.WriteString("rule", other.Rule);
                json.WriteString("start", AlertJson.Time(other.StartTimeMs));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static List<AlertTransition> Others(AlertTransition transition, Tier tier, AlertBook book) =>
        [.. (transition.IsOfZone ? book.ActiveOfZone(transition.Zone) : book.ActiveOf(transition.Device)).Select(alert => alert.Latest).Where(
            other => other.AlertId != transition.AlertId && other.Tier == tier && other.Zone == transition.Zone)];
}
