namespace Fengsui.Devices.Journal;

/// <summary>Reads every byte of a journal and checks it. Takes no lock and changes nothing, so it is safe beside a running server.</summary>
public static class JournalVerifier
{
    /// <exception cref="JournalFormatException">A segment is of another format version or another journal.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static JournalVerification Verify(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"There is no journal in {directory}.");
        return Verify(new FileJournalStorage(directory));
    }

    /// <inheritdoc cref="Verify(string)"/>
    public static JournalVerification Verify(IJournalStorage storage)
    {
        var segments = SegmentFile.List(storage);
        using var scan = new JournalScan(storage, segments);
        var block = new JournalBlock(0, static _ => { });
        while (scan.TryNext(block))
        {
        }

        return new(
            segments.Count,
            scan.Blocks,
            scan.Batches,
            scan.ReadBytes,
            segments.Count > 0 ? segments[0].StartPosition : 0,
            scan.End ?? 0,
            scan.DamagedHeaders,
            scan.Gaps,
            scan.Behind);
    }
}
