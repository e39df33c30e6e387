namespace Fengsui.Devices.Tracing;

/// <summary>Where in a group file a row is stored.</summary>
/// <param name="File">Name in <c>history/</c>.</param>
/// <param name="Level">0 from a flush; one more each time it was merged.</param>
/// <param name="Offset">First byte of the chunk.</param>
/// <param name="Bytes">Length of the chunk.</param>
/// <param name="Rows">Rows in the chunk.</param>
public sealed record TracedChunk(string File, int Level, long Offset, int Bytes, int Rows);
