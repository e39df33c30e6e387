namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Bounds of the alert log.</summary>
public sealed record AlertLogOptions
{
    /// <summary>Bytes at which a segment ends: 64 MiB, some 95,000 entries. A start reads at most about this much again.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Age at which segments go, by their newest entry: three years, as long as records of duties are commonly kept.</summary>
    public TimeSpan RetainAge { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Disk that old segments may take: 64 GiB, some 95 million entries. What somebody still needs is never dropped.</summary>
    public long RetainBytes { get; init; } = 64L << 30;
}
