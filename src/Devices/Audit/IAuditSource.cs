namespace Fengsui.Devices.Audit;

/// <summary>Something that the log follows at its own pace, by rising numbers. Called on the log's thread only.</summary>
internal interface IAuditSource
{
    /// <summary>Adds what comes next; false when there is no more for now.</summary>
    /// <param name="places">Up to where each source is in the log.</param>
    /// <param name="count">Some that many; a source that comes in blocks may add a block's worth more.</param>
    /// <exception cref="IOException">The environment failed; the same call may succeed later.</exception>
    bool Take(AuditPlaces places, int count, List<AuditRecord> into);

    /// <summary>What was taken before is durable.</summary>
    void Recorded();
}
