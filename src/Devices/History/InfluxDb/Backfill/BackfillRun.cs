using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Delivery;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;
using Fengsui.Devices.Registry;

namespace Fengsui.Devices.History.InfluxDb.Backfill;

/// <summary>
/// Writes to a target what the journal does not hold any more, from the embedded history: a portion that fills the lanes, then
/// its end, then the place behind it. After a crash one portion at most is written again, to the same places.
/// </summary>
internal sealed class BackfillRun : IDisposable
{
    private readonly PlaceKeeper _places;
    private readonly DeviceRegistry _registry;
    private readonly EmbeddedHistory _history;
    private readonly StoredRows _rows;
    private readonly LineWriter _writer;
    private readonly Lanes _lanes;
    private readonly long _fromMs;
    private long _written;

    /// <param name="registry">With the facts of devices as the journal's beginning knows them: older ones are not kept.</param>
    public BackfillRun(
        EmbeddedHistory history, InfluxTargetOptions target, TimeProvider time, DeviceRegistry registry, PlaceKeeper places, SizeLimit limit, RejectedLines rejected)
    {
        (_places, _registry, _history) = (places, registry, history);
        _rows = new StoredRows(history, registry);
        _writer = new LineWriter(target.Mapping, registry.Metrics, rejected.Add);
        _lanes = new Lanes(target, limit, time, _writer, 0);
        _fromMs = places.Current.FromMs ?? long.MinValue;
    }

    public IReadOnlyList<Lane> Lanes => _lanes.All;

    public long LeftOut => _writer.LeftOut;

    /// <summary>Completes when everything is written or kept aside, and the target's place says so.</summary>
    /// <returns>How many rows this run has written.</returns>
    public async Task<long> FillAsync(CancellationToken cancellation)
    {
        await _history.WaitForPositionAsync(_places.Current.Backfill?.UpToPosition ?? -1, cancellation).ConfigureAwait(false);
        while (_places.Current.Backfill is { } at)
        {
            var next = FillLanes(at, cancellation);
            await _lanes.DrainAsync(cancellation).ConfigureAwait(false);
            _places.ReachBackfill(next.Device < _registry.Devices.Count ? next : null);
        }

        return _written;
    }

    public void Dispose() => _lanes.Dispose();

    private BackfillPlace FillLanes(BackfillPlace at, CancellationToken cancellation)
    {
        while (at.Device < _registry.Devices.Count && !_lanes.IsFull)
        {
            cancellation.ThrowIfCancellationRequested();
            at = _rows.Read(at, Take, () => _lanes.IsFull);
        }

        return at;
    }

    private void Take(in AppliedRow row)
    {
        if (row.ReceiveMs >= _fromMs)
        {
            _lanes.Take(row);
            _written++;
        }
    }
}
