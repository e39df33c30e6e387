namespace Fengsui.Devices.Audit;

/// <summary>A record as it stands in the log.</summary>
/// <param name="Sequence">From 1, without a hole.</param>
public sealed record AuditEntry(long Sequence, AuditRecord Record, string Hash)
{
    /// <summary>As it stands in its file, without the line feed; empty when it was not read from one.</summary>
    public ReadOnlyMemory<byte> Line { get; init; }
}
