using System.Buffers.Binary;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.Tracing;

/// <summary>
/// Reads one record of the journal, and judges its rows as their actors did: from the newest snapshot before it the journal is
/// read up to it, which is at most about a segment.
/// </summary>
internal sealed class RecordFinder
{
    private readonly TraceFolders _folders;
    private readonly long _position;
    private readonly DeviceRegistry _names;
    private readonly AppliedRows _rows = new(TraceFolders.RecentRows, givesRepeats: true);
    private readonly List<RecordRow> _found = [];
    private bool _isSure;

    private RecordFinder(TraceFolders folders, long position, DeviceRegistry names)
    {
        _folders = folders;
        _position = position;
        _names = names;
    }

    /// <param name="position">Of any byte of the record; that of its end is what rows and alerts carry.</param>
    /// <param name="names">As of the journal's end.</param>
    public static (TracedRecord Record, IReadOnlyList<RecordRow> Rows) Find(TraceFolders folders, long position, DeviceRegistry names, CancellationToken cancellation)
    {
        var finder = new RecordFinder(folders, position, names);
        return (finder.Find(cancellation), finder._found);
    }

    private TracedRecord Find(CancellationToken cancellation)
    {
        var segments = SegmentFile.List(_folders.Storage);
        if (segments.Count == 0 || _position <= segments[0].StartPosition)
            return new TracedRecord(_position <= 0 || segments.Count == 0 ? RecordState.BeyondEnd : RecordState.Removed, _position);
        var start = _folders.FollowFrom(_position - 1, _rows);
        _isSure = start.Doubt.Length == 0;
        using var reader = JournalReader.Open(_folders.Storage, start.ReadFrom);
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            var record = Look(block, start.ReadFrom, segments);
            var isPast = block.EndPosition >= _position;
            block.Release();
            if (record is not null)
                return record;
            if (isPast)
                return new TracedRecord(RecordState.Damaged, _position);
        }

        return new TracedRecord(reader.Gaps.Any(gap => gap.FromPosition < _position && _position <= gap.ToPosition && gap.Reason != GapReason.AfterEnd) ? RecordState.Damaged : RecordState.BeyondEnd, _position);
    }

    /// <summary>Null when the record is not in the block.</summary>
    private TracedRecord? Look(JournalBlock block, long readFrom, List<SegmentFile> segments)
    {
        TracedRecord? record = null;
        foreach (var batch in block.Batches)
        {
            var isWanted = batch.Position >= _position && batch.Position - batch.Bytes.Length - JournalFormat.BatchPrefixBytes < _position;
            if (batch.Position > readFrom)
                _rows.Read(batch, isWanted ? Take : null);
            if (isWanted)
            {
                var segment = segments.FindLast(segment => segment.StartPosition <= block.StartPosition) ?? segments[0];
                record = Describe(batch, block, segment);
            }
        }

        return record;
    }

    private void Take(in AppliedRow row) => _found.Add(RecordRow.Of(row, _isSure));

    private TracedRecord Describe(in JournalBatch batch, JournalBlock block, SegmentFile segment)
    {
        var record = new TracedRecord(RecordState.Present, batch.Position)
        {
            Segment = segment.Name,
            BlockOffset = segment.OffsetOf(block.StartPosition),
            BlockBytes = JournalFormat.BlockHeaderBytes + block.Payload.Length,
            BlockSequence = block.Sequence,
            CommitMs = block.CommitTimeMs,
            Bytes = batch.Bytes.Length,
            Kind = KindOf(batch.Bytes),
        };
        return record.Kind == "readings" ? WithReadings(record, batch.Bytes) : record;
    }

    private static string KindOf(ReadOnlySpan<byte> batch) => batch.IsEmpty ? "nothing" : (BatchKind)batch[0] switch
    {
        BatchKind.Readings => batch.Length >= ReadingsBatch.HeaderBytes ? "readings" : "damaged readings",
        BatchKind.Declarations => "declarations",
        BatchKind.Tick => "tick",
        BatchKind.Mark => "mark",
        BatchKind.RuleSet => "rule set",
        BatchKind.Site => "site fact",
        BatchKind.AlertCommand => "alert command",
        BatchKind.AuditAnchor => "audit anchor",
        _ => "unknown",
    };

    private TracedRecord WithReadings(TracedRecord record, ReadOnlySpan<byte> batch)
    {
        var (rows, letters) = (0, 0);
        for (var offset = ReadingsBatch.HeaderBytes; offset + sizeof(long) <= batch.Length;)
        {
            var isRow = batch[offset] == (byte)EntryKind.Row;
            (rows, letters) = (rows + (isRow ? 1 : 0), letters + (isRow ? 0 : 1));
            var length = isRow ? BinaryPrimitives.ReadUInt16LittleEndian(batch[(offset + 2)..]) : BinaryPrimitives.ReadInt32LittleEndian(batch[(offset + 4)..]);
            if (length <= 0)
                break;
            offset += length;
        }

        return record with
        {
            ReceiveMs = ReadingsBatch.ReceiveTimeMs(batch),
            Source = TraceNames.Source(_names, ReadingsBatch.Source(batch)),
            Received = ReadingsBatch.Received(batch),
            Refused = ReadingsBatch.Refused(batch),
            Rows = rows,
            DeadLetters = letters,
        };
    }
}
