using Fengsui.Devices.Records;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Engine;

/// <summary>Writes what no gateway sends: ticks of journal time, and the marks for snapshots and history flushes.</summary>
internal sealed class EngineClockwork : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly DeviceEngine _engine;
    private readonly MarkCoordinator _marks;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private long _snapshotTail;
    private long _snapshotMs;
    private long _tickMs;

    public EngineClockwork(DeviceEngine engine, MarkCoordinator marks, EngineOptions options, TimeProvider time)
    {
        _engine = engine;
        _marks = marks;
        _options = options;
        _time = time;
    }

    public void Start()
    {
        _snapshotTail = _engine.JournalLog.Tail;
        _snapshotMs = _engine.Clock.NowMs();
        _running = Task.Run(RunAsync);
    }

    public async Task MarkSnapshotAsync(CancellationToken cancellation)
    {
        while (!_marks.TryBegin())
        {
            await _marks.IdleAsync().WaitAsync(cancellation).ConfigureAwait(false);
        }

        await AppendSnapshotMarkAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Step, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            var now = _engine.Clock.NowMs();
            if (now - _tickMs >= (long)_options.TickInterval.TotalMilliseconds)
            {
                _tickMs = now;
                await AppendTickAsync(now).ConfigureAwait(false);
            }

            if (WantsSnapshot(now) && _marks.TryBegin())
            {
                await AppendSnapshotMarkAsync(_stopping.Token).ConfigureAwait(false);
            }
            else if (_marks.TakeFlushRequest())
            {
                await AppendMarkAsync(MarkPurpose.HistoryFlush, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    private bool WantsSnapshot(long nowMs) =>
        nowMs - _snapshotMs >= (long)_options.SnapshotInterval.TotalMilliseconds
        || _engine.JournalLog.Tail - _snapshotTail >= _options.SnapshotBytes;

    private async Task AppendTickAsync(long nowMs)
    {
        var tick = new byte[TickRecord.SizeBytes];
        TickRecord.Write(tick, nowMs);
        await AppendAsync(tick, _stopping.Token).ConfigureAwait(false);
    }

    private async Task AppendSnapshotMarkAsync(CancellationToken cancellation)
    {
        try
        {
            _snapshotMs = _engine.Clock.NowMs();
            _snapshotTail = _engine.JournalLog.Tail;
            await AppendMarkAsync(MarkPurpose.Snapshot, cancellation).ConfigureAwait(false);
        }
        catch
        {
            _marks.Abandon();
            throw;
        }
    }

    private async Task AppendMarkAsync(MarkPurpose purpose, CancellationToken cancellation)
    {
        var mark = new byte[MarkRecord.SizeBytes];
        MarkRecord.Write(mark, purpose);
        await AppendAsync(mark, cancellation).ConfigureAwait(false);
    }

    private async Task AppendAsync(byte[] batch, CancellationToken cancellation)
    {
        while (!_engine.Intake.TryAppend(batch, null, out _))
        {
            await _engine.Intake.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }
    }
}
