namespace Fengsui.Devices.Journal;

/// <summary>Bytes of a segment that are no intact block.</summary>
/// <param name="File">Name of the segment.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="FromPosition">Position of the first byte.</param>
/// <param name="QuarantineFile">Where a copy was put, relative to the journal; null when none was made.</param>
public sealed record DamagedRange(string File, long Offset, long Length, long FromPosition, string? QuarantineFile = null)
{
    public long ToPosition => FromPosition + Length;
}
