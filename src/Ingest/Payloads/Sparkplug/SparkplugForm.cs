using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>Sparkplug B over MQTT.</summary>
internal sealed class SparkplugForm(SparkplugOptions options) : IPayloadForm
{
    public IPayloadService Start(SourceContext context, SourceConnection report) => new SparkplugService(options, context, report);
}
