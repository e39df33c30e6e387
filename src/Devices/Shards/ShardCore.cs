using System.Buffers.Binary;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;
using Fengsui.Devices.Snapshots;
using Fengsui.Rules;

namespace Fengsui.Devices.Shards;

/// <summary>
/// What a shard does with the journal, without its thread: batches in, in journal order; state and transitions out.
/// Its only clock is the journal's. Everything per reading happens in <see cref="ApplyRow"/>.
/// </summary>
internal sealed class ShardCore
{
    private readonly int _index;
    private readonly ShardContext _context;
    private readonly ActorTable _actors;
    private readonly SiteIntake _site;
    private readonly HistoryShardWriter? _history;
    private readonly TransitionBuffer _buffer;
    private readonly AlertRecorder _recorder;
    private LedgerBook _ledger = new();
    private bool _flushAsked;
    private long _flushedPosition = -1;
    private ShardClock _clock = ShardClock.New;

    public ShardCore(int index, ShardContext context)
    {
        _index = index;
        _context = context;
        _history = context.History?.Writer(index);
        _buffer = new TransitionBuffer { KeepsPending = context.KeepsSteps };
        _recorder = new AlertRecorder { Steps = context.KeepsSteps ? [] : null };
        _actors = new ActorTable(index, context);
        _site = new SiteIntake(_actors, context.Registry.Devices);
    }

    /// <summary>Since the last time the caller cleared it.</summary>
    public List<PendingTransition> Transitions => _recorder.Pending;

    /// <summary>As <see cref="Transitions"/>, with the steps before an alert; null unless they are kept.</summary>
    public List<RuleStep>? Steps => _recorder.Steps;

    public ShardStats Stats { get; } = new();

    public ActorTable Actors => _actors;

    public LedgerBook Ledger => _ledger;

    /// <summary>Newest time that the journal has shown, ms since 1970 UTC.</summary>
    public long ClockMs => _clock.NowMs;

    public ShardClock Clock => _clock;

    /// <summary>The snapshot's position: batches up to it are part of the state already.</summary>
    public long RestoredPosition { get; private set; } = -1;

    /// <exception cref="InvalidDataException">The batch is damaged, or refers to what has not been declared.</exception>
    public void Process(long position, ReadOnlySpan<byte> batch)
    {
        try
        {
            Dispatch(position, batch);
        }
        catch
        {
            // What the failed batch left must not be taken for the next one's.
            _buffer.Clear();
            throw;
        }
    }

    /// <summary>Puts rules in force that the journal does not hold here: those of a back-test.</summary>
    public void Adopt(RuleSetRecord rules) => Adopt(RestoredPosition, rules);

    /// <summary>Recovery has ended: from here on every batch is new, whatever its position.</summary>
    public void EndReplay() => RestoredPosition = -1;

    private void Dispatch(long position, ReadOnlySpan<byte> batch)
    {
        if (batch.IsEmpty)
        {
            throw new InvalidDataException($"an empty batch at position {position}");
        }

        switch ((BatchKind)batch[0])
        {
            case BatchKind.Readings:
                ProcessReadings(position, batch);
                break;
            case BatchKind.Declarations:
                _actors.Declare(position, batch, _clock, _buffer, _recorder);
                break;
            case BatchKind.Tick:
                Tick(position, TickRecord.TimeMs(batch));
                break;
            case BatchKind.Mark:
                Mark(position, MarkRecord.Purpose(batch));
                break;
            case BatchKind.RuleSet when _context.IgnoresRuleSets:
                break;
            case BatchKind.RuleSet:
                Adopt(position, RuleSetRecord.Decode(batch));
                break;
            case BatchKind.Site:
                Take(position, SiteRecord.Decode(batch));
                break;
            case BatchKind.AlertCommand:
                Take(position, AlertCommandRecord.Decode(batch));
                break;
            case BatchKind.AuditAnchor:
                break;
            default:
                throw new InvalidDataException($"unknown batch kind {batch[0]} at position {position}");
        }
    }

    /// <summary>Hands over history up to <paramref name="position"/> outside of a mark record: recovery does so when an arena fills.</summary>
    public void FlushHistory(long position)
    {
        if (position > _flushedPosition)
        {
            _flushedPosition = position;
            _history?.Mark(position);
        }
    }

    public bool WantsHistoryFlush => _history is not null && _history.PendingBytes >= _context.Options.HistoryFlushBytes;

    /// <summary>Takes over the part of a snapshot that belongs to this shard.</summary>
    public void Restore(Snapshot snapshot)
    {
        RestoredPosition = snapshot.Position;
        _clock = new ShardClock(snapshot.ClockMs, snapshot.WatchMs);
        Stats.ClockMs = ClockMs;
        if (_index == 0)
        {
            _ledger = snapshot.Ledger;
        }

        _actors.Restore(snapshot);
        if (snapshot.Rules is { } rules)
        {
            PassOn(new PolicyInput(snapshot.Position, _context.RuleSets.Get(rules)));
        }
    }

    /// <summary>This shard's part of a snapshot at its place in the journal.</summary>
    public ShardImage Image() =>
        new(_clock.NowMs, _clock.WatchMs, _actors.RuleSetRecord, _ledger.Clone(), _actors.Counts, _actors.CopyFacts(), _actors.Pack(), _actors.Zones.Names.ToArray(), _actors.Zones.Pack());

    private void ProcessReadings(long position, ReadOnlySpan<byte> batch)
    {
        ReadingsCheck.Check(batch, _actors.Counts, _context.Registry.Shapes);
        var source = ReadingsBatch.Source(batch);
        var receiveMs = ReadingsBatch.ReceiveTimeMs(batch);
        _clock.Advance(receiveMs);
        ref var ledger = ref _ledger[source];
        if (_index == 0)
        {
            ledger.Received += ReadingsBatch.Received(batch);
            ledger.Refused += ReadingsBatch.Refused(batch);
        }

        var offset = ReadingsBatch.HeaderBytes;
        for (var index = 0; offset < batch.Length; index++)
        {
            var entry = batch[offset..];
            if (entry[0] == (byte)EntryKind.Row)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
                var device = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
                if (_actors.Owns(device))
                {
                    var row = new RowEntry(entry[..length], RowEntry.CountOf(length, (RowFlags)entry[1]));
                    ApplyRow(position, index, device, row, source, receiveMs, ref ledger);
                }

                offset += length;
            }
            else
            {
                offset += DeadLetter(position, index, entry, source, receiveMs, ref ledger);
            }
        }

        if (!_flushAsked && WantsHistoryFlush)
        {
            _flushAsked = true;
            _context.Marks?.AskForFlush();
        }
    }

    private void ApplyRow(
        long position, int index, int device, in RowEntry row, int source, long receiveMs, ref LedgerCounts ledger)
    {
        var actor = _actors.Live(device);
        var shape = _context.Registry.Shapes[row.ShapeId];
        var zone = _actors.Zones.Of(device);
        var verdict = actor.Apply(row, shape, receiveMs, _clock, zone?.State, _buffer, out var eventTimeMs);
        Stats.Rows++;
        if (_buffer.Count > 0)
        {
            _recorder.Record(_buffer, AlertSubject.Of(actor.Device, actor.Facts), _actors.RuleSetVersion, position, index, receiveMs);
        }

        if (actor.HasChangedZone && zone is { Program: not null })
        {
            ZoneTable.RunAtRow(zone, position, index, _actors.RuleSetVersion, _clock, _buffer, _recorder);
        }

        Stats.Transitions = _recorder.Recorded;

        if (verdict == RowVerdict.Duplicate)
        {
            ledger.Duplicate += row.Count;
            Stats.Duplicates += row.Count;
            return;
        }

        if (actor.Quarantine is not null)
        {
            Stats.QuarantinedRows++;
        }

        ledger.Applied += row.Count;
        Stats.Readings += row.Count;
        var flags = HistoryRowFlags.None;
        if (verdict != RowVerdict.Applied)
        {
            ledger.Late += row.Count;
            Stats.LateReadings += row.Count;
            flags = verdict == RowVerdict.LateUnverified ? HistoryRowFlags.Late : HistoryRowFlags.None;
        }

        _history?.Append(device, eventTimeMs, shape, flags, row.Values, row.Qualities, position, receiveMs, source);
    }

    private int DeadLetter(
        long position, int index, ReadOnlySpan<byte> entry, int source, long receiveMs, ref LedgerCounts ledger)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        if (_index == 0)
        {
            ledger.DeadLettered++;
        }

        if (_index == 0 && _context.DeadLetters is { } store)
        {
            var letter = new DeadLetterEntry(entry[..length]);
            DeadLetterIntake.Add(store, letter, position, index, receiveMs, _context.Registry.Sources[source]);
        }

        return length;
    }

    private void Tick(long position, long timeMs)
    {
        _clock.Advance(timeMs);
        Stats.ClockMs = ClockMs;
        _actors.Tick(position, _clock, _buffer, _recorder);
        if (_index == 0)
        {
            _recorder.Pending.Add(new PendingTransition(new TickInput(position, _clock.NowMs)));
        }

        Stats.Transitions = _recorder.Recorded;
        _actors.Passivate(ClockMs);
        Stats.LiveActors = _actors.LiveCount;
        Stats.PassiveActors = _actors.PassiveCount;
    }

    private void Take(long position, SiteRecord record)
    {
        _clock.Advance(record.TimeMs);
        _site.Take(position, record, _clock, _buffer, _recorder);
        Stats.Transitions = _recorder.Recorded;
    }

    private void Take(long position, AlertCommandRecord record)
    {
        _clock.Advance(record.TimeMs);
        PassOn(new CommandInput(position, record, _clock.NowMs));
    }

    private void Adopt(long position, RuleSetRecord record)
    {
        PassOn(new PolicyInput(position, _context.RuleSets.Get(record)));
        _actors.AdoptRules(position, record, _clock, _buffer, _recorder);
    }

    /// <summary>What the alert log wants of the journal itself comes from one shard.</summary>
    private void PassOn(AlertInput input)
    {
        if (_index == 0)
        {
            _recorder.Pending.Add(new PendingTransition(input));
        }
    }

    private void Mark(long position, MarkPurpose purpose)
    {
        _flushAsked = false;
        try
        {
            FlushHistory(position);
        }
        catch
        {
            _context.Marks?.Abandon();
            throw;
        }

        if (_index == 0)
        {
            _context.DeadLetters?.Mark(position);
        }

        if (purpose == MarkPurpose.Snapshot && _context.Marks is { WantsSnapshot: true } marks)
        {
            marks.Contribute(position, Image());
        }
    }
}
