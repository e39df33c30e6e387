using System.Runtime.InteropServices;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// Brings the transitions of all shards into one order, the journal's, and from there to the log, the book and the
/// sinks. A transition leaves only when every shard has passed its place in the journal, so the log does not depend on
/// how many shards there are or which was faster.
/// </summary>
internal sealed class AlertSequencer : ITransitionOutlet, IDisposable
{
    /// <summary>
    /// Transitions that may wait, some 100 MB. Beyond it a shard that is ahead of the others, or any shard while the log
    /// cannot be written, waits as well: alerts are never shed, the sockets are stopped instead.
    /// </summary>
    internal const int MaxWaiting = 65_536;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(1);

    private readonly AlertLog _log;
    private readonly AlertDeskCore _desk;
    private readonly AlertBook _book;
    private readonly Action<AlertEntry> _enter;
    private readonly AlertSinks _sinks;
    private readonly object _gate = new();
    private readonly long[] _passed;
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _thread;
    private List<PendingTransition> _waiting = [];
    private List<PendingTransition> _spare = [];
    private readonly List<PendingTransition> _ready = [];
    private readonly List<AlertEntry> _fresh = [];
    private readonly List<TaskCompletionSource> _settled = [];
    private volatile string? _fault;
    private long _logged = -1;
    private bool _letsPass;
    private bool _isDone;

    /// <param name="desk">Decides what follows from what the shards give; has been shown the log.</param>
    /// <param name="book">What sinks are shown.</param>
    /// <param name="enter">Takes every logged entry into the book that it belongs to.</param>
    public AlertSequencer(AlertLog log, AlertDeskCore desk, AlertBook book, Action<AlertEntry> enter, AlertSinks sinks, int shards)
    {
        _log = log;
        _desk = desk;
        _book = book;
        _enter = enter;
        _sinks = sinks;
        _passed = new long[shards];
        _thread = new Thread(Run) { Name = "fengsui-alerts", IsBackground = true };
    }

    /// <summary>A segment of the log has begun, and the book holds everything before it. On the sequencer's thread.</summary>
    public Action? Rolled { get; init; }

    /// <summary>Everything up to here is in the log and durable.</summary>
    public long LoggedPosition => Volatile.Read(ref _logged);

    /// <summary>Why the log cannot be written; null when it can. Retried until it works: no transition is dropped.</summary>
    public string? Fault => _fault;

    public void Start() => _thread.Start();

    /// <summary>A shard has passed <paramref name="position"/>, with these transitions since the last time.</summary>
    public void Passed(int shard, long position, List<PendingTransition> transitions)
    {
        lock (_gate)
        {
            _waiting.AddRange(transitions);
            _passed[shard] = position;
            _wake.Set();
            if (_waiting.Count > MaxWaiting)
            {
                Monitor.PulseAll(_gate);
                Hold(position);
            }
        }

        transitions.Clear();
    }

    /// <summary>Completes when everything that was passed by all shards at the time of the call is logged.</summary>
    /// <exception cref="ObjectDisposedException">Stopped before that.</exception>
    public Task SettledAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDone, this);
            var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _settled.Add(settled);
            _wake.Set();
            return settled.Task;
        }
    }

    /// <summary>From here on no shard waits: the process ends, and the journal holds what the log will not.</summary>
    public void LetPass()
    {
        lock (_gate)
        {
            _letsPass = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Logs what was passed, unless the environment refuses it: then a replay gives it again.</summary>
    public void Dispose()
    {
        LetPass();
        _stopping.Set();
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        lock (_gate)
        {
            _isDone = true;
            _desk.Close();
            _settled.ForEach(waiter => waiter.TrySetException(new ObjectDisposedException(nameof(AlertSequencer))));
            _settled.Clear();
        }

        _wake.Dispose();
        _stopping.Dispose();
    }

    /// <summary>The shard that is furthest behind never waits for the others, since they wait for it.</summary>
    private void Hold(long position)
    {
        while (!_letsPass && _waiting.Count > MaxWaiting && (_fault is not null || position > _passed.Min()))
        {
            Monitor.Wait(_gate);
        }
    }

    private void Run()
    {
        var works = true;
        while (works && !_stopping.WaitOne(0))
        {
            _wake.WaitOne();
            works = TryDrain();
        }

        if (works)
        {
            TryDrain();
        }
    }

    /// <summary>False when the log refused and the sequencer is being stopped.</summary>
    private bool TryDrain()
    {
        TaskCompletionSource[] settled;
        long low;
        lock (_gate)
        {
            low = _passed.Min();
            settled = [.. _settled];
            TakeUpTo(low);
            Monitor.PulseAll(_gate);
        }

        Stage();
        if (_fresh.Count > 0)
        {
            if (!TryFlush())
            {
                return false;
            }

            _fresh.ForEach(_enter);
            _sinks.Publish(_log.Count - _fresh.Count + 1, _fresh, _book);
            _fresh.Clear();
            Roll();
        }

        Volatile.Write(ref _logged, low);
        _desk.Answer();
        Complete(settled);
        return true;
    }

    /// <summary>A log that cannot begin a new segment goes on in the one that it has, and says with the next write what is wrong.</summary>
    private void Roll()
    {
        try
        {
            if (_log.TryRoll())
            {
                Rolled?.Invoke();
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _fault = fault.Message;
        }
    }

    private void Complete(TaskCompletionSource[] settled)
    {
        lock (_gate)
        {
            _settled.RemoveRange(0, settled.Length);
        }

        foreach (var waiter in settled)
        {
            waiter.SetResult();
        }
    }

    private void TakeUpTo(long low)
    {
        _spare.Clear();
        foreach (var pending in _waiting)
        {
            (pending.Position <= low ? _ready : _spare).Add(pending);
        }

        (_waiting, _spare) = (_spare, _waiting);
        _spare.Clear();
    }

    private void Stage()
    {
        CollectionsMarshal.AsSpan(_ready).Sort(static (a, b) => a.Place.CompareTo(b.Place));
        foreach (var pending in _ready)
        {
            // What stands at a position that the log holds was decided before, and shown to the desk with the log.
            _desk.Take(pending, isLogged: pending.Position <= _log.LastPosition, _fresh);
        }

        _fresh.ForEach(entry => _log.Stage(entry));
        _ready.Clear();
    }

    private bool TryFlush()
    {
        for (var delay = FirstRetry; ; delay = delay * 2 < LastRetry ? delay * 2 : LastRetry)
        {
            var isLast = _stopping.WaitOne(0);
            try
            {
                _log.Flush();
                _fault = null;
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                _fault = fault.Message;
            }

            if (isLast)
            {
                return false;
            }

            _stopping.WaitOne(delay);
        }
    }
}
