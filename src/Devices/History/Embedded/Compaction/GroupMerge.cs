using Fengsui.Devices.History.Embedded.Columns;
using Fengsui.Devices.History.Embedded.Groups;
using Fengsui.Devices.History.Embedded.Queries;

namespace Fengsui.Devices.History.Embedded.Compaction;

/// <summary>
/// Merges groups into one. Chunks that are large enough are copied as they are (a merge then costs little more than the
/// copy); small ones of a slow device are decoded and joined, so that their overhead does not stay for ever.
/// </summary>
internal sealed class GroupMerge(IReadOnlyList<GroupFile> groups, DamageLog damage, CancellationToken closing)
{
    /// <summary>Chunks with fewer rows are joined. At 128 rows the fixed part of a chunk is below a tenth of a byte a reading.</summary>
    private const int SmallChunkRows = 128;

    private readonly RowColumns _joined = new();
    private readonly ChunkSink _chunks = new();

    /// <exception cref="InvalidDataException">A group is damaged; nothing of it was lost.</exception>
    /// <exception cref="OperationCanceledException">The store is closing.</exception>
    public void WriteTo(GroupWriter writer)
    {
        var cursors = groups.Select(group => new DirectoryCursor(group, damage)).ToArray();
        foreach (var cursor in cursors)
            cursor.MoveNext();
        while (NextDevice(cursors) is { } device)
        {
            closing.ThrowIfCancellationRequested();
            MergeDevice(device, cursors, writer);
        }
    }

    private static int? NextDevice(DirectoryCursor[] cursors)
    {
        int? device = null;
        foreach (var cursor in cursors)
        {
            if (!cursor.AtEnd && (device is null || cursor.Current.Device < device))
                device = cursor.Current.Device;
        }

        return device;
    }

    private void MergeDevice(int device, DirectoryCursor[] cursors, GroupWriter writer)
    {
        foreach (var cursor in cursors)
        {
            for (; !cursor.AtEnd && cursor.Current.Device == device; cursor.MoveNext())
            {
                cursor.OpenCurrent();
                if (cursor.Current.Rows < SmallChunkRows)
                    Join(device, cursor.Loader.Reader, writer);
                else
                    Copy(cursor, writer);
            }
        }

        WriteJoined(device, writer);
    }

    private static void Copy(DirectoryCursor cursor, GroupWriter writer)
    {
        var entry = cursor.Current;
        writer.Add(
            entry.Device,
            entry.MinTimeMs,
            entry.MaxTimeMs,
            entry.Rows,
            cursor.Loader.Reader.MetricCount,
            cursor.Loader.Chunk.Span);
    }

    private void Join(int device, ChunkReader chunk, GroupWriter writer)
    {
        var fits = _joined.Count + chunk.Rows <= RowColumns.MaxRows && chunk.Metrics.SequenceEqual(_joined.Metrics);
        if (!fits)
            WriteJoined(device, writer);
        if (_joined.Count == 0)
            _joined.Start(chunk.Metrics.ToArray());
        _joined.Append(chunk);
    }

    private void WriteJoined(int device, GroupWriter writer)
    {
        if (_joined.Count == 0)
            return;
        _joined.SortByTime();
        _chunks.Write(device, _joined, writer);
        _joined.Start(_joined.Metrics);
    }
}
