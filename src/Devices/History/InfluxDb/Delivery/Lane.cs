using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Lines;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// One of a target's ways to the server: a batch that is being filled, a few that wait, one that is under way. A device always
/// takes the same lane. The reader fills, one sender empties.
/// </summary>
internal sealed class Lane : IDisposable
{
    /// <summary>Sealed batches a lane may hold before the reader waits, the one under way among them.</summary>
    private const int MaxSealed = 3;

    private readonly InfluxTargetOptions _target;
    private readonly SizeLimit _limit;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<LineBatch> _sealed = new();
    private readonly Stack<LineBatch> _free = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _progress = new(0);
    private LineBatch _filling;

    public Lane(InfluxTargetOptions target, SizeLimit limit, TimeProvider time)
    {
        _target = target;
        _limit = limit;
        _time = time;
        _filling = NewBatch();
    }

    /// <summary>The batch to write lines into. Only the reader touches it, until it is sealed.</summary>
    public LineBatch Filling => _filling;

    /// <summary>Whether the reader must wait.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _sealed.Count >= MaxSealed;
            }
        }
    }

    /// <summary>Nothing is being filled, waits, or is under way.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _sealed.Count == 0 && _filling.Lines == 0;
            }
        }
    }

    /// <summary>Position and receive time of the oldest line that is not done; null when there is none.</summary>
    public (long Position, long ReceiveMs)? Oldest
    {
        get
        {
            lock (_gate)
            {
                return _sealed.TryPeek(out var first) ? (first.FirstPosition, first.FirstReceiveMs)
                    : _filling.Lines > 0 ? (_filling.FirstPosition, _filling.FirstReceiveMs)
                    : null;
            }
        }
    }

    /// <summary>Called by the reader after each row: seals the batch when it is full.</summary>
    public void Wrote()
    {
        if (_filling.OpenedAt == 0)
        {
            _filling.OpenedAt = Math.Max(1, _time.GetTimestamp());
        }

        if (_filling.Lines >= _target.BatchLines || _filling.Bytes >= _limit.Bytes)
        {
            Seal();
        }
    }

    /// <summary>Hands the batch over to the sender when its first line has waited long enough.</summary>
    public void SealOld()
    {
        if (_filling.Lines > 0 && _time.GetElapsedTime(_filling.OpenedAt) >= _target.BatchAge)
        {
            Seal();
        }
    }

    /// <summary>Hands the batch over to the sender, unless it is empty.</summary>
    public void Seal()
    {
        lock (_gate)
        {
            if (_filling.Lines == 0)
            {
                return;
            }

            _sealed.Enqueue(_filling);
            _filling = _free.TryPop(out var used) ? used : NewBatch();
        }

        _work.Release();
    }

    /// <summary>The next batch to send; it stays the oldest until <see cref="Done"/>.</summary>
    public async Task<LineBatch> NextAsync(CancellationToken cancellation)
    {
        await _work.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_gate)
        {
            return _sealed.Peek();
        }
    }

    public void Done()
    {
        lock (_gate)
        {
            var done = _sealed.Dequeue();
            done.Clear();
            done.OpenedAt = 0;
            _free.Push(done);
        }

        if (_progress.CurrentCount == 0)
        {
            _progress.Release();
        }
    }

    /// <summary>Completes after a batch was done since the last time. One waiter.</summary>
    public Task ProgressAsync(CancellationToken cancellation) => _progress.WaitAsync(cancellation);

    public void Dispose()
    {
        _work.Dispose();
        _progress.Dispose();
    }

    // A row may be written whole after the bound is reached: some room beyond it saves the growing.
    private LineBatch NewBatch() => new(_target.BatchBytes + (_target.BatchBytes >> 3), _target.BatchLines + 64);
}
