namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>A metric as its birth declared it.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Metric">The name that its readings go by, UTF-8.</param>
/// <param name="Type">Of its values.</param>
internal sealed record SparkplugSignal(SparkplugOwner Owner, byte[] Metric, SparkplugType Type);
