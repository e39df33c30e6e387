using Fengsui.Devices.Actors;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;
using Fengsui.Devices.Shards;

namespace Fengsui.Devices.Engine;

/// <summary>Read-only questions to the engine. They never change state and never stop a shard for long.</summary>
public sealed class EngineQueries
{
    private readonly DeviceEngine _engine;
    private readonly IReadOnlyList<Shard> _shards;

    internal EngineQueries(DeviceEngine engine, IReadOnlyList<Shard> shards)
    {
        _engine = engine;
        _shards = shards;
        Barrier = new ShardBarrier(shards);
    }

    internal ShardBarrier Barrier { get; }

    /// <summary>Null when no device of this name has been declared.</summary>
    public async Task<DeviceView?> DeviceAsync(string name)
    {
        if (_engine.Registry.Devices.Find(name) is not { } device)
        {
            return null;
        }

        var views = await _engine.AllShardsAsync(
            core => core.Actors.Find(device.Id) is { } actor ? View(actor) : null).ConfigureAwait(false);
        return views.FirstOrDefault(view => view is not null) ?? Silent(device);
    }

    /// <summary>
    /// Completes when what was acknowledged before the call is applied, so that who has an answer to a write sees what was written; or after
    /// <paramref name="patience"/>, when the shards are behind by more than that.
    /// </summary>
    public async Task AppliedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await _engine.AppliedAsync(_engine.JournalLog.Committed, cancellation).WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // An answer that lacks the newest is better than none.
        }
    }

    /// <summary>Readings of one metric in [from, to), sorted by time; empty when device or metric is unknown.</summary>
    public IEnumerable<HistoryReading> Readings(string deviceName, string metric, long fromMs, long toMs) =>
        TryResolve(deviceName, metric, out var device, out var metricId)
            ? _engine.History.Query(device, metricId, fromMs, toMs)
            : [];

    /// <summary>As <see cref="Readings"/>, aggregated over steps of <paramref name="stepMs"/>.</summary>
    public IEnumerable<HistoryStep> Steps(string deviceName, string metric, long fromMs, long toMs, long stepMs) =>
        TryResolve(deviceName, metric, out var device, out var metricId)
            ? _engine.History.Aggregate(device, metricId, fromMs, toMs, stepMs)
            : [];

    /// <summary>All ledgers at one journal position; waits for the next group commit.</summary>
    public async Task<LedgerView> LedgerAsync(CancellationToken cancellation)
    {
        // An acknowledgement leaves a moment before its block reaches the shards: who has it must find it in the ledger.
        await _engine.DeliveredAsync(_engine.JournalLog.Committed, cancellation).ConfigureAwait(false);
        var asked = Barrier.AskAsync(core => (core.Ledger.Clone(), core.Stats.Position));
        var tick = new byte[TickRecord.SizeBytes];
        TickRecord.Write(tick, _engine.Clock.NowMs());
        _engine.Intake.TryAppend(tick, null, out _);
        var books = await asked.WaitAsync(cancellation).ConfigureAwait(false);
        var sum = new LedgerBook();
        foreach (var (book, _) in books)
        {
            sum.Add(book);
        }

        return View(sum, books.Max(book => book.Position));
    }

    /// <summary>What waits for each shard's actors, in blocks of the journal; from 64 on the journal waits too.</summary>
    public IReadOnlyList<int> Waiting() => [.. _shards.Select(shard => shard.Waiting)];

    public EngineCounters Counters() => EngineCounters.Of(_shards);

    internal LedgerView View(LedgerBook book, long position)
    {
        foreach (var late in _engine.LateDuplicates())
        {
            book[late.Key].Applied -= late.Value;
            book[late.Key].Late -= late.Value;
            book[late.Key].Duplicate += late.Value;
        }

        var sources = new List<SourceLedger>();
        var total = default(LedgerCounts);
        for (var source = 0; source < Math.Min(book.Sources, _engine.Registry.Sources.Count); source++)
        {
            var counts = book[source];
            if (counts != default)
            {
                sources.Add(new SourceLedger(_engine.Registry.Sources[source], counts));
                total = total.Plus(counts);
            }
        }

        return new LedgerView(position, total, sources);
    }

    private DeviceView View(DeviceActor actor)
    {
        var latest = new LatestValue[actor.State.SlotCount];
        for (var i = 0; i < latest.Length; i++)
        {
            var (metric, value, timeMs, quality) = actor.State.Slot(i);
            latest[i] = new LatestValue(_engine.Registry.Metrics.NameOf(metric), value, quality, timeMs);
        }

        var heard = actor.WatermarkMs != long.MinValue;
        return new DeviceView(
            actor.Device.Name,
            actor.Facts.Type,
            actor.Facts.Zone,
            actor.Facts.Labels,
            heard ? actor.WatermarkMs : null,
            heard ? actor.LastReceiveMs : null,
            heard ? actor.SkewMs : null,
            actor.Applied,
            actor.Late,
            actor.Duplicates,
            actor.ClockSteps,
            actor.Quarantine,
            [.. latest.Where(value => value.EventTimeMs != long.MinValue).OrderBy(value => value.Metric, StringComparer.Ordinal)]);
    }

    private static DeviceView Silent(Registry.Device device) => new(
        device.Name, device.Facts.Type, device.Facts.Zone, device.Facts.Labels, null, null, null, 0, 0, 0, 0, null, []);

    private bool TryResolve(string deviceName, string metric, out int device, out ushort metricId)
    {
        var found = _engine.Registry.Devices.Find(deviceName);
        device = found?.Id ?? -1;
        return _engine.Registry.Metrics.TryGet(metric, out metricId) && found is not null;
    }
}
