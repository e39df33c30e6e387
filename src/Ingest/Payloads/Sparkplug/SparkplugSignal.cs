namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>A metric as its birth declared it.</summary>
/// <param name="owner">Whose it is.</param>
/// <param name="metric">The name that its readings go by, UTF-8; empty when it can have none: a command, a data set.</param>
/// <param name="type">Of its values.</param>
internal sealed class SparkplugSignal(SparkplugOwner owner, byte[] metric, SparkplugType type)
{
    public SparkplugOwner Owner => owner;

    public byte[] Metric => metric;

    public SparkplugType Type => type;

    /// <summary>It has had a reading, which can be stale one day.</summary>
    public bool HasSpoken { get; set; }
}
