using System.Diagnostics;

namespace Fengsui.Fleet.Transport;

/// <summary>One thread and its connections: waits for sockets and for the schedule, and serves whichever comes first.</summary>
internal sealed class FleetSender
{
    private const int EventCapacity = 256;
    private const int TimerMs = 50;

    private static readonly long TimerTicks = Stopwatch.Frequency * TimerMs / 1000;
    private static readonly long ScanTicks = Stopwatch.Frequency / 4000;

    private readonly SenderContext _context;
    private readonly FleetConnection[] _connections;
    private readonly ReadyEvent[] _events = new ReadyEvent[EventCapacity];
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _scans;
    private readonly long _drainTicks;
    private long _nextTimer;
    private long _nextScan;
    private long _lastSent;

    public FleetSender(SenderContext context, IEnumerable<int> connectionNumbers)
    {
        _context = context;
        _connections = [.. connectionNumbers.Select((number, token) => new FleetConnection(context, number, token))];
        _scans = context.Options.Qos == 0 || !context.Options.Unthrottled;
        _drainTicks = SenderContext.Ticks(context.Options.DrainTimeout);
    }

    /// <summary>Completes when the server has accepted all connections of this thread.</summary>
    public Task Accepted => _accepted.Task;

    /// <summary>Completes when all is sent and acknowledged, or given up.</summary>
    public Task Finished => _finished.Task;

    public SenderContext Context => _context;

    public IReadOnlyList<FleetConnection> Connections => _connections;

    /// <summary>When this thread was done, in Stopwatch ticks.</summary>
    public long EndTicks => _connections.Max(connection => connection.DoneTicks);

    public void Run()
    {
        try
        {
            Loop();
            _context.AckedLog?.Flush();
            _finished.SetResult();
        }
        catch (Exception e)
        {
            // The edge of a thread: whatever it is, it fails the run and not the process that the fleet runs in.
            _finished.SetException(e);
            _accepted.TrySetException(e);
        }
    }

    private void Loop()
    {
        var running = true;
        while (running)
        {
            var now = Stopwatch.GetTimestamp();
            if (now >= _nextTimer)
            {
                running = OnTimer(now);
            }

            var timeoutMs = TimerMs;
            if (_scans && _context.Start.HasBegun)
            {
                timeoutMs = now >= _nextScan || _context.Options.Unthrottled ? Scan(now) : 0;
            }

            var count = _context.Readiness.Wait(_events, timeoutMs);
            for (var i = 0; i < count; i++)
            {
                _connections[_events[i].Token].OnReady(_events[i]);
            }
        }
    }

    /// <summary>Serves every connection by the schedule and returns how long the next wait may last, in ms.</summary>
    private int Scan(long now)
    {
        var next = long.MaxValue;
        var alive = false;
        foreach (var connection in _connections)
        {
            connection.Pump(now);
            alive |= connection.State != ConnectionState.Done;
            if (connection.CanWrite && !connection.Batcher.IsFinished)
            {
                next = Math.Min(next, _context.Options.Unthrottled ? now : connection.Batcher.NextDueTicks);
            }
        }

        if (!alive)
        {
            _nextTimer = 0;
            return 0;
        }

        _nextScan = now + ScanTicks;
        return next <= now && _context.Options.Unthrottled ? 0 : WaitMs(next);
    }

    private static int WaitMs(long next)
    {
        if (next == long.MaxValue)
        {
            // All are blocked or done: an event or the timer comes first.
            return TimerMs;
        }

        var ms = (next - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency;
        return (int)Math.Clamp(ms, 1, TimerMs);
    }

    /// <summary>Time-outs, reconnects, the starting line and the end. False when this thread is done.</summary>
    private bool OnTimer(long now)
    {
        _nextTimer = now + TimerTicks;
        _context.AckedLog?.FlushWhenOld(now);
        var done = true;
        var accepted = true;
        foreach (var connection in _connections)
        {
            connection.OnTimer(now);
            connection.Pump(now);
            done &= connection.State == ConnectionState.Done;
            accepted &= connection.State is ConnectionState.Accepted or ConnectionState.Done;
        }

        if (accepted)
        {
            _accepted.TrySetResult();
        }

        return !done && !GiveUp(now);
    }

    private bool GiveUp(long now)
    {
        var start = _context.Start;
        if (start.HasBegun && !Array.TrueForAll(_connections, connection => connection.Batcher.IsFinished || EndsUnsent(connection)))
        {
            _lastSent = now;
            return false;
        }

        if (!start.IsStopping && !start.HasBegun)
        {
            return false;
        }

        if (start.HasBegun && now - _lastSent < _drainTicks)
        {
            return false;
        }

        Array.ForEach(_connections, connection => connection.Abandon());
        return true;
    }

    /// <summary>A connection that cannot reach its server when the run is over will send nothing more.</summary>
    private bool EndsUnsent(FleetConnection connection) =>
        connection.State != ConnectionState.Accepted && (_context.Start.IsStopping || connection.Batcher.IsOverdue);
}
