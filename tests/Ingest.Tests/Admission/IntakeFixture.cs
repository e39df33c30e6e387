using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Tests.Decoding;

namespace Fengsui.Ingest.Tests.Admission;

/// <summary>One connection's intake without its journal.</summary>
internal sealed class IntakeFixture
{
    public const long Now = 1_760_000_000_000;
    public const string GatewayTopic = "v1/gateway/telemetry";
    public const string OwnTopic = "v1/devices/me/telemetry";

    private readonly Dictionary<string, int> _slots = [];
    private readonly MessageAdmission _admission;

    public IntakeFixture(
        IntakeOptions? options = null, RegistryOptions? bounds = null, string clientId = "client", string? user = null)
    {
        options ??= new IntakeOptions();
        Registry = new DeviceRegistry(bounds ?? new RegistryOptions());
        Devices = new Provisioner(Registry, options.Provisioning);
        Routes = new RouteCache(new TopicRouter(Devices, Payloads, user ?? clientId), Payloads, options.MaxRoutesPerConnection);
        _admission = new MessageAdmission(
            Registry, options, Devices, new RowTemplates(Registry.Metrics), Counters, clientId);
    }

    public DeviceRegistry Registry { get; }

    public Provisioner Devices { get; }

    public PayloadRoutes Payloads { get; } = new();

    public RouteCache Routes { get; }

    public IntakeCounters Counters { get; } = new();

    public MessageAdmission Admission => _admission;

    public long ClockMs { get; set; } = Now;

    public IntakeVerdict Send(string json, string topic = "telemetry/d1", byte qos = 0, bool dup = false, ushort id = 0) =>
        Send(Encoding.UTF8.GetBytes(json), topic, qos, dup, id);

    public IntakeVerdict Send(byte[] payload, string topic = "telemetry/d1", byte qos = 0, bool dup = false, ushort id = 0)
    {
        if (!_slots.TryGetValue(topic, out var slot))
        {
            slot = _slots[topic] = _slots.Count;
        }

        var message = new InboundMessage
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = payload,
            Qos = qos,
            Dup = dup,
            PacketId = id,
            TopicCacheSlot = slot,
        };
        var route = Routes.Find(message);
        return route.Kind == TelemetryKind.Other
            ? IntakeVerdict.NotTelemetry
            : _admission.Admit(message, route, ClockMs);
    }

    /// <summary>Sends one message and reads what it staged.</summary>
    public StagedBatch Decode(string json, string topic = "telemetry/d1")
    {
        Send(json, topic);
        return Take();
    }

    /// <summary>Reads what is staged and starts a new batch.</summary>
    public StagedBatch Take()
    {
        var batch = StagedBatch.Read(_admission.Stage.Complete(0, ClockMs), Registry);
        _admission.Flush();
        return batch;
    }

    /// <summary>Sends one message that must stage rows only: their texts, joined.</summary>
    public string Rows(string json, string topic = "telemetry/d1")
    {
        var batch = Decode(json, topic);
        Xunit.Assert.Empty(batch.Letters);
        return string.Join("; ", batch.Rows);
    }
}
