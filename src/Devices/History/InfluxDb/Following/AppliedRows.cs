using System.Buffers.Binary;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>
/// Finds in the journal what the actors applied, without the actors: it reads the same batches, keeps the same clock, and asks
/// the same <see cref="RowJudge"/> of each device. So the rows are those of the embedded history, with the same times, however
/// far behind the engine this reader is. One thread.
/// </summary>
/// <param name="recentRows">As the actors remember.</param>
/// <param name="givesRepeats">Whether rows that were seen before, and not applied, are given too.</param>
internal sealed class AppliedRows(int recentRows, bool givesRepeats = false)
{
    private RowJudge[] _judges = [];
    private bool[] _isJudged = [];
    private DeclaredCounts _counts = DeclaredCounts.None;
    private ShardClock _clock = ShardClock.New;

    public DeviceRegistry Registry { get; } = new(new RegistryOptions { MaxDevices = int.MaxValue });

    /// <summary>Journal time of the newest batch, ms since 1970 UTC; <see cref="long.MinValue"/> before the first.</summary>
    public long ClockMs => _clock.NowMs;

    /// <summary>Batches that were damaged, and passed over as the shards do.</summary>
    public long DamagedBatches { get; private set; }

    /// <summary>Takes over names, clocks and memories of a snapshot.</summary>
    public void Restore(Snapshot snapshot)
    {
        Declare(snapshot);
        _clock = new ShardClock(snapshot.ClockMs, snapshot.WatchMs);
        foreach (var (device, packed) in snapshot.Actors)
        {
            Restore(device, packed);
        }
    }

    /// <summary>Takes over the names only: what the devices sent before is not known then.</summary>
    public void Declare(Snapshot snapshot)
    {
        Registry.Apply(snapshot.Declarations);
        _counts = new DeclaredCounts(Registry.Sources.Count, Registry.Metrics.Count, Registry.Shapes.Count, Registry.Devices.Count);
    }

    /// <summary>Gives every applied row of the batch to <paramref name="take"/>; null only remembers them.</summary>
    public void Read(in JournalBatch batch, AppliedRowTaker? take)
    {
        try
        {
            Dispatch(batch, take);
        }
        catch (InvalidDataException)
        {
            // As the shards do: the batch is passed over, and they have reported it.
            DamagedBatches++;
        }
    }

    private void Dispatch(in JournalBatch batch, AppliedRowTaker? take)
    {
        if (batch.Bytes.IsEmpty)
        {
            throw new InvalidDataException("an empty batch");
        }

        switch ((BatchKind)batch.Bytes[0])
        {
            case BatchKind.Readings:
                ReadRows(batch.Position, batch.Bytes, take);
                break;
            case BatchKind.Declarations:
                DeviceDeclarations.Read(batch.Bytes, ref _counts);
                Registry.Apply(batch.Bytes);
                break;
            case BatchKind.Tick:
                _clock.Advance(TickRecord.TimeMs(batch.Bytes));
                break;
            case BatchKind.Site:
                _clock.Advance(SiteRecord.Decode(batch.Bytes).TimeMs);
                break;
            case BatchKind.AlertCommand:
                _clock.Advance(AlertCommandRecord.Decode(batch.Bytes).TimeMs);
                break;
        }
    }

    private void ReadRows(long position, ReadOnlySpan<byte> batch, AppliedRowTaker? take)
    {
        ReadingsCheck.Check(batch, _counts, Registry.Shapes);
        var receiveMs = ReadingsBatch.ReceiveTimeMs(batch);
        _clock.Advance(receiveMs);
        var offset = ReadingsBatch.HeaderBytes;
        for (var index = 0; offset < batch.Length; index++)
        {
            var entry = batch[offset..];
            if (entry[0] != (byte)EntryKind.Row)
            {
                offset += BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            var row = new RowEntry(entry[..length], RowEntry.CountOf(length, (RowFlags)entry[1]));
            offset += length;
            var ruling = JudgeOf(row.Device).Judge(row, receiveMs, _clock.NowMs);
            if (take is null || (ruling.Verdict == RowVerdict.Duplicate && !givesRepeats))
            {
                continue;
            }

            take(new AppliedRow
            {
                Position = position,
                Index = index,
                Device = Registry.Devices[row.Device],
                Shape = Registry.Shapes[row.ShapeId],
                TimeMs = ruling.TimeMs,
                Ruling = ruling,
                Flags = row.Flags,
                ReceiveMs = receiveMs,
                Source = ReadingsBatch.Source(batch),
                Values = row.Values,
                Qualities = row.Qualities,
            });
        }
    }

    private ref RowJudge JudgeOf(int device)
    {
        if (device >= _judges.Length)
        {
            var length = Math.Max(256, Math.Max(device + 1, 2 * _judges.Length));
            Array.Resize(ref _judges, length);
            Array.Resize(ref _isJudged, length);
        }

        if (!_isJudged[device])
        {
            _isJudged[device] = true;
            _judges[device] = new RowJudge(recentRows);
        }

        return ref _judges[device];
    }

    private void Restore(int device, byte[] packed)
    {
        try
        {
            JudgeOf(device) = DeviceActor.ReadJudge(packed, recentRows);
        }
        catch (InvalidDataException)
        {
            // As its actor: it begins anew.
            DamagedBatches++;
        }
    }
}
