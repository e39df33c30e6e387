using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Tracing;

/// <summary>What the journal holds beyond the files of the history, and the names of everything as of its end.</summary>
internal sealed class JournalTail
{
    private JournalTail(DeviceRegistry registry) => Registry = registry;

    public DeviceRegistry Registry { get; }

    /// <summary>Where the journal ends; where it was read from, when nothing follows.</summary>
    public long EndPosition { get; private set; }

    /// <summary>Rows that wait for a file, and are wanted; in the order of the journal.</summary>
    public List<StoredRow> Rows { get; } = [];

    /// <param name="after">Rows at or before this position are in files.</param>
    /// <param name="device">Whose rows are wanted; null for none.</param>
    /// <param name="withinMs">How far from the time they may be.</param>
    /// <exception cref="InvalidDataException">The journal's beginning is gone, and no snapshot tells the names.</exception>
    public static JournalTail Read(TraceFolders folders, long after, string? device, string metric, long timeMs, long withinMs, CancellationToken cancellation)
    {
        var start = folders.FollowFrom(after, new AppliedRows(TraceFolders.RecentRows));
        var tail = new JournalTail(start.Rows.Registry) { EndPosition = start.ReadFrom };
        using var reader = JournalReader.Open(folders.Storage, start.ReadFrom);
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in block.Batches)
            {
                if (batch.Position > start.ReadFrom)
                    start.Rows.Read(batch, batch.Position > after && device is not null ? Take : null);
            }

            tail.EndPosition = block.EndPosition;
            block.Release();
        }

        return tail;

        void Take(in AppliedRow row)
        {
            if (row.Device.Name == device && Math.Abs(row.TimeMs - timeMs) <= withinMs && tail.Registry.Metrics.TryGet(metric, out var id) && row.Shape.Metrics.AsSpan().Contains(id))
                tail.Rows.Add(new StoredRow(row.TimeMs, row.Position, row.ReceiveMs, row.Source, RecordRow.ValuesOf(row), null));
        }
    }
}
