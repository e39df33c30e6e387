using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Configuration;

namespace Fengsui.Ingest.Ble.Configuration;

/// <summary>One source of Bluetooth gateways.</summary>
internal sealed class BleDefinition(BleOptions options) : SourceDefinition
{
    public BleOptions Options => options;

    internal override ISource Open(SourceContext context) => new BleSource(options, context);
}
