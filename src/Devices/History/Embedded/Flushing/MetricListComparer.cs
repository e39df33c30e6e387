namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>Lists of metric ids by content.</summary>
internal sealed class MetricListComparer : IEqualityComparer<ushort[]>
{
    public bool Equals(ushort[]? x, ushort[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(ushort[] obj)
    {
        var hash = 17;
        foreach (var metric in obj)
            hash = (hash * 31) + metric;
        return hash;
    }
}
