namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>From Sparkplug's names of metrics to ours.</summary>
internal static class SparkplugNames
{
    /// <summary>What the protocol says of itself is no reading.</summary>
    public static bool IsControl(ReadOnlySpan<byte> name) =>
        name.StartsWith("Node Control/"u8) || name.StartsWith("Device Control/"u8) || name.SequenceEqual("bdSeq"u8);

    /// <summary>As the configuration says; otherwise folders become dots and blanks low lines. Null when it is too long.</summary>
    public static byte[]? Metric(ReadOnlySpan<byte> name, MetricNames names, int maxBytes)
    {
        if (names.Find(name) is { } renamed)
        {
            return renamed;
        }

        if (name.Length > maxBytes)
        {
            return null;
        }

        var metric = name.ToArray();
        metric.AsSpan().Replace((byte)'/', (byte)'.');
        metric.AsSpan().Replace((byte)' ', (byte)'_');
        return metric;
    }
}
