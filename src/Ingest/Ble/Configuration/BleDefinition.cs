using Fengsui.Devices.Records;
using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Ble.Codec;
using Fengsui.Ingest.Ble.Forms;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Stepped;

namespace Fengsui.Ingest.Ble.Configuration;

/// <summary>One source of Bluetooth gateways.</summary>
internal sealed class BleDefinition(BleOptions options) : SourceDefinition
{
    public BleOptions Options => options;

    internal override ISource Open(SourceContext context) => new BleSource(options, context);

    internal override void OpenStepped(SourceContext context, SteppedSources sources)
    {
        var report = context.Book.Add(BleOptions.Protocol, options.Name, "all gateways");
        var keys = options.KeysFile is { } file ? KeyFile.Read(context.ConfigDirectory, file) : new Dictionary<BleAddress, byte[]>();
        var book = new AdvertBook(options, keys);
        context.Payloads.Add([.. options.Topics.Select(topic => new PayloadRoute(topic.Topic, () => new GatewayDecoder(topic.Kind, book, Tell, report), report))]);

        void Tell(UnlockFact unlock) =>
            context.Journal.TryAppend(new SiteRecord(context.Journal.NowMs(), $"{BleOptions.Protocol}/{options.Name}", unlock.Zone, unlock.Fact).Encode(), null, out _);
    }
}
