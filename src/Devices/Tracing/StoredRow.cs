using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>A row as a chunk or the journal holds it.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Chunk">Null when it is from the journal.</param>
internal sealed record StoredRow(
    long TimeMs, long Position, long ReceiveMs, int Source, IReadOnlyList<(ushort Metric, double Value, Quality Quality)> Values, TracedChunk? Chunk);
