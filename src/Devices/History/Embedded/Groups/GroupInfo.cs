namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>What the index knows of one group file.</summary>
/// <param name="File">File name, without folder.</param>
/// <param name="Level">0 from a flush; one more each time it was merged.</param>
/// <param name="StartPosition">Exclusive journal position.</param>
/// <param name="EndPosition">Inclusive journal position.</param>
internal sealed record GroupInfo(
    string File,
    int Level,
    long StartPosition,
    long EndPosition,
    long MinTimeMs,
    long MaxTimeMs,
    long Bytes,
    long Rows,
    long Readings)
{
    /// <summary>Length of a bucket, when it is a group of a tier; 0 for readings. A tier's rows and readings are buckets.</summary>
    public long StepMs { get; init; }

    /// <summary>True when every journal position of <paramref name="other"/> is in this group's range.</summary>
    public bool Covers(GroupInfo other) => StartPosition <= other.StartPosition && EndPosition >= other.EndPosition;
}
