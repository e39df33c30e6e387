namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>Sparkplug B over MQTT.</summary>
internal sealed class SparkplugForm(SparkplugOptions options) : IPayloadForm
{
    public IPayloadService Start(PayloadContext context) => new SparkplugService(options, context);
}
