using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.History.InfluxDb.Lines;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// All lanes of a target. Several requests are in flight, and yet what is committed has no hole: it is everything before the
/// oldest line that any lane has not brought to its end.
/// </summary>
internal sealed class Lanes : IDisposable
{
    private readonly LineWriter _writer;
    private readonly Lane[] _lanes;
    private long _readTo;

    /// <param name="position">Where the reader begins.</param>
    public Lanes(InfluxTargetOptions target, SizeLimit limit, TimeProvider time, LineWriter writer, long position)
    {
        _writer = writer;
        _readTo = position;
        _lanes = [.. Enumerable.Range(0, target.InFlight).Select(_ => new Lane(target, limit, time))];
    }

    public IReadOnlyList<Lane> All => _lanes;

    public bool IsEmpty => Array.TrueForAll(_lanes, lane => lane.IsEmpty);

    /// <summary>Whether the reader must wait for one of them.</summary>
    public bool IsFull => Array.Exists(_lanes, lane => lane.IsFull);

    /// <summary>Everything up to it has been brought to its end.</summary>
    public long Committed
    {
        get
        {
            // First how far was read: a line that is added in between lies behind it.
            var committed = Volatile.Read(ref _readTo);
            foreach (var lane in _lanes)
            {
                committed = lane.Oldest is { } oldest ? Math.Min(committed, oldest.Position - 1) : committed;
            }

            return committed;
        }
    }

    /// <summary>Receive time of the oldest line that is not done, ms since 1970 UTC; null when there is none.</summary>
    public long? OldestReceiveMs => _lanes.Min(lane => lane.Oldest?.ReceiveMs);

    public void Take(in AppliedRow row)
    {
        var lane = _lanes[row.Device.Id % _lanes.Length];
        var batch = lane.Filling;
        _writer.Write(row, batch);
        if (batch.Lines > 0)
        {
            lane.Wrote();
        }
    }

    /// <summary>Says that everything up to there has been taken.</summary>
    public void ReadTo(long position) => Volatile.Write(ref _readTo, position);

    /// <summary>Seals the batches whose first line has waited long enough.</summary>
    public void SealOld() => Array.ForEach(_lanes, lane => lane.SealOld());

    /// <summary>Completes when every lane has room again.</summary>
    public async Task WaitForRoomAsync(CancellationToken cancellation)
    {
        foreach (var lane in _lanes)
        {
            while (lane.IsFull)
            {
                await lane.ProgressAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Seals all and completes when all is done.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        Array.ForEach(_lanes, lane => lane.Seal());
        foreach (var lane in _lanes)
        {
            while (!lane.IsEmpty)
            {
                await lane.ProgressAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());
}
