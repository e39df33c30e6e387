using Fengsui.Devices.History.Embedded.Columns;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>Encodes columns and appends them to a group as one chunk.</summary>
internal sealed class ChunkSink
{
    private readonly ChunkEncoder _encoder = new();
    private readonly ByteSink _bytes = new(64 << 10);

    /// <param name="rows">At least one row, sorted by time.</param>
    public void Write(int device, RowColumns rows, GroupWriter writer)
    {
        _bytes.Clear();
        _encoder.Encode(rows, _bytes);
        writer.Add(device, rows.Times[0], rows.Times[rows.Count - 1], rows.Count, rows.Metrics.Length, _bytes.Written);
    }
}
