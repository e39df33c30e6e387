using System.Buffers.Binary;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.RuleSets;
using Fengsui.Devices.Shards;

namespace Fengsui.Devices.Replay;

/// <summary>
/// Runs a part of the journal under the rules that were in force, one entry at a time in one thread, so that somebody can look
/// at the actors between any two rows.
/// </summary>
internal sealed class SlowRun
{
    private readonly JournalRunOptions _options;
    private readonly Action<SlowEntry> _after;
    private readonly List<string> _faults = [];
    private byte[] _single = new byte[ReadingsBatch.HeaderBytes + RowEntry.MaxBytes];

    /// <param name="after">Called after each entry, and after each batch that has none.</param>
    public SlowRun(JournalRunOptions options, Action<SlowEntry> after)
    {
        _options = options;
        _after = after;
        var context = new ShardContext(
            new ShardOptions { Count = 1 }, 1, Registry, new RuleSetCache(), null, null, null, new ActorHandover(), (_, message, _) => _faults.Add(message))
        {
            KeepsSteps = true,
        };
        Core = new ShardCore(0, context);
    }

    public DeviceRegistry Registry { get; } = new(new RegistryOptions { MaxDevices = int.MaxValue });

    public ShardCore Core { get; }

    public IReadOnlyList<string> Faults => _faults;

    public void Run(CancellationToken cancellation)
    {
        var start = ReplayStart.Find(_options, _faults.Add);
        if (start is not null)
        {
            Registry.Apply(start.Declarations);
            Core.Restore(start);
        }

        using var reader = JournalReader.Open(new FileJournalStorage(_options.JournalDirectory), start?.Position ?? 0);
        while (reader.TryRead(out var block))
        {
            cancellation.ThrowIfCancellationRequested();
            var isPast = BatchTime.First(block) > _options.EndMs;
            foreach (var batch in block.Batches)
            {
                if (!isPast && batch.Position > Core.RestoredPosition)
                {
                    Process(batch);
                }
            }

            block.Release();
            if (isPast)
            {
                break;
            }
        }
    }

    private void Process(in JournalBatch batch)
    {
        JournalNames.Apply(Registry, batch.Bytes);
        try
        {
            if (!batch.Bytes.IsEmpty && batch.Bytes[0] == (byte)BatchKind.Readings)
            {
                ReadingsCheck.Check(batch.Bytes, Core.Actors.Counts, Registry.Shapes);
                OneByOne(batch);
            }
            else
            {
                Core.Process(batch.Position, batch.Bytes);
                var isTick = !batch.Bytes.IsEmpty && batch.Bytes[0] == (byte)BatchKind.Tick;
                Done(new SlowEntry(batch.Position, -1, -1, Core.ClockMs, isTick ? "tick" : "journal"));
            }
        }
        catch (InvalidDataException damage)
        {
            _faults.Add($"the batch at position {batch.Position}: {damage.Message}");
        }
    }

    /// <summary>Each entry as a batch of its own at the same place: the actors cannot tell the difference.</summary>
    private void OneByOne(in JournalBatch batch)
    {
        var source = Registry.Sources[ReadingsBatch.Source(batch.Bytes)];
        var offset = ReadingsBatch.HeaderBytes;
        for (var index = 0; offset < batch.Bytes.Length; index++)
        {
            var entry = batch.Bytes[offset..];
            var isRow = entry[0] == (byte)EntryKind.Row;
            var length = isRow ? BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]) : BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
            offset += length;
            if (isRow)
            {
                Core.Process(batch.Position, Single(batch.Bytes, entry[..length]));
                var device = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
                Done(new SlowEntry(batch.Position, index, device, ReadingsBatch.ReceiveTimeMs(batch.Bytes), source));
            }
        }
    }

    private ReadOnlySpan<byte> Single(ReadOnlySpan<byte> batch, ReadOnlySpan<byte> entry)
    {
        if (_single.Length < ReadingsBatch.HeaderBytes + entry.Length)
        {
            _single = new byte[ReadingsBatch.HeaderBytes + entry.Length];
        }

        batch[..ReadingsBatch.HeaderBytes].CopyTo(_single);
        entry.CopyTo(_single.AsSpan(ReadingsBatch.HeaderBytes));
        return _single.AsSpan(0, ReadingsBatch.HeaderBytes + entry.Length);
    }

    private void Done(in SlowEntry entry)
    {
        _after(entry);
        Core.Transitions.Clear();
        Core.Steps!.Clear();
    }
}
