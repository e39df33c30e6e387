using System.Buffers;
using System.Text.Json;
using Fengsui.Api.Endpoints;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Audit;
using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Api.DataPath;

/// <summary>Gives each anchored head of the audit log away: a line in the program's log, and retained on <see cref="Topic"/>. Who keeps one can prove what came before it.</summary>
internal sealed class AuditHeadPublisher(MqttBroker broker, TimeProvider time, ILogger logger)
{
    public const string Topic = "fengsui/audit/head";

    private static readonly PublishProperties Properties = new() { ContentType = "application/json", IsText = true };

    public void Publish(AuditHead head)
    {
        DataPathLog.AuditHead(logger, head.ToString());
        try
        {
            broker.Publish(Topic, Payload(head, time.GetUtcNow().ToUnixTimeMilliseconds()), 1, retain: true, Properties);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The head is in the journal and in the log all the same.
            DataPathLog.AuditHeadUnpublished(logger, fault);
        }
    }

    private static byte[] Payload(AuditHead head, long nowMs)
    {
        var output = new ArrayBufferWriter<byte>(192);
        using (var json = new Utf8JsonWriter(output, AlertJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", head.Sequence);
            json.WriteString("hash", head.Hash);
            json.WriteTime("time", nowMs);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }
}
