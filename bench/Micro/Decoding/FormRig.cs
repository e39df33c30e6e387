using System.Text;
using Fengsui.Devices.Registry;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Micro.Decoding;

/// <summary>The intake of one connection without its journal, its topics routed to the other forms.</summary>
internal sealed class FormRig
{
    private const long ReceiveMs = 1_700_000_001_000;

    private readonly MessageAdmission _admission;
    private readonly RouteCache _routes;
    private readonly Dictionary<string, int> _slots = [];

    public FormRig()
    {
        var options = new IntakeOptions();
        var registry = new DeviceRegistry(new RegistryOptions());
        var provisioner = new Provisioner(registry, options.Provisioning);
        var payloads = new PayloadRoutes();
        var report = new SourceBook(TimeProvider.System).Add("bench", "forms", "");
        foreach (var source in SourceFileReader.Read([new SourceFile("bench.yaml", FormPayloads.Configuration)]).Sources.OfType<PayloadDefinition>())
        {
            var service = source.Form.Start(new PayloadContext(null, TimeProvider.System, report, options.Decoding.MaxNameBytes));
            payloads.Add([.. source.Topics.Select(topic => new PayloadRoute(topic, service.Open, report))]);
        }

        _admission = new MessageAdmission(registry, options, provisioner, new RowTemplates(registry.Metrics), new IntakeCounters(), "client");
        _routes = new RouteCache(new TopicRouter(provisioner, payloads, "client"), payloads, options.MaxRoutesPerConnection);
    }

    /// <summary>Sends one message again and again.</summary>
    /// <returns>Readings staged each time.</returns>
    public Func<int> Sender(string topic, byte[] payload)
    {
        var bytes = Encoding.UTF8.GetBytes(topic);
        var slot = _slots[topic] = _slots.Count;
        return () =>
        {
            if (_admission.Stage.IsFull)
            {
                _admission.Flush();
            }

            var before = _admission.Stage.Received;
            var message = new InboundMessage { Topic = bytes, Payload = payload, TopicCacheSlot = slot };
            _admission.Admit(message, _routes.Find(message), ReceiveMs);
            return _admission.Stage.Received - before;
        };
    }
}
