using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;

namespace Fengsui.Micro.Decoding;

/// <summary>The intake of one connection without its journal: messages in, rows in the stage.</summary>
internal sealed class DecodeRig
{
    /// <summary>A second after the time in <see cref="Payloads"/>.</summary>
    private const long ReceiveMs = 1_700_000_001_000;

    private readonly byte[] _deviceTopic = Encoding.UTF8.GetBytes("telemetry/device-0000");
    private readonly byte[] _gatewayTopic = Encoding.UTF8.GetBytes("v1/gateway/telemetry");
    private readonly MessageAdmission _admission;
    private readonly RouteCache _routes;
    private readonly JsonDecoder _decoder;
    private readonly Device _device;
    private readonly RowStage _stage = new();

    public DecodeRig()
    {
        var options = new IntakeOptions();
        var registry = new DeviceRegistry(new RegistryOptions());
        var templates = new RowTemplates(registry.Metrics);
        var provisioner = new Provisioner(registry, options.Provisioning);
        _admission = new MessageAdmission(registry, options, provisioner, templates, new IntakeCounters(), "client");
        _routes = new RouteCache(new TopicRouter(provisioner, new PayloadRoutes(), "client"), new PayloadRoutes(), options.MaxRoutesPerConnection);
        _decoder = new JsonDecoder(registry, templates, options.Decoding);
        _device = provisioner.Resolve("device-0000"u8, out _)!;
    }

    /// <summary>All that the intake does for one message of one device.</summary>
    /// <returns>Readings staged: a benchmark that decodes nothing would be fast.</returns>
    public int Device(byte[] payload, byte qos = 0) => Accept(new InboundMessage
    {
        Topic = _deviceTopic,
        Payload = payload,
        Qos = qos,
        PacketId = qos,
        TopicCacheSlot = 0,
    });

    public int Gateway(byte[] payload) => Accept(new InboundMessage
    {
        Topic = _gatewayTopic,
        Payload = payload,
        TopicCacheSlot = 1,
    });

    /// <summary>A device behind a topic that has no number in its connection.</summary>
    public int Unnumbered(byte[] payload) => Accept(new InboundMessage
    {
        Topic = _deviceTopic,
        Payload = payload,
        TopicCacheSlot = -1,
    });

    /// <summary>The full decoder alone, whatever the fast reader could do.</summary>
    public int Full(byte[] payload)
    {
        _stage.Clear();
        _decoder.DecodeDevice(payload, new MessageContext(ReceiveMs, default, 0), _device, _stage);
        return _stage.Received;
    }

    private int Accept(in InboundMessage message)
    {
        if (_admission.Stage.IsFull)
        {
            _admission.Flush();
        }

        var before = _admission.Stage.Received;
        _admission.Admit(message, _routes.Find(message), ReceiveMs);
        return _admission.Stage.Received - before;
    }
}
