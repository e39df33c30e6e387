namespace Fengsui.Devices.Journal;

/// <summary>What <see cref="JournalVerifier"/> found.</summary>
/// <param name="FirstPosition">Where the oldest segment begins.</param>
/// <param name="EndPosition">End of the last intact block.</param>
/// <param name="DamagedHeaders">Segments whose header is damaged.</param>
/// <param name="Gaps">Blocks that are lost between intact ones.</param>
/// <param name="Behind">Bytes behind the last intact block: beside a running server its reserved space and the block being written, otherwise a torn tail.</param>
public sealed record JournalVerification(
    int Segments,
    long Blocks,
    long Batches,
    long Bytes,
    long FirstPosition,
    long EndPosition,
    IReadOnlyList<string> DamagedHeaders,
    IReadOnlyList<JournalGap> Gaps,
    IReadOnlyList<DamagedRange> Behind)
{
    /// <summary>Whether no committed block is lost, as far as the files can tell.</summary>
    public bool IsIntact => Gaps.Count == 0 && DamagedHeaders.Count == 0;
}
