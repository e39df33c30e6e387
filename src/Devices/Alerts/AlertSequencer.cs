using System.Runtime.InteropServices;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// Brings the transitions of all shards into one order, the journal's, and from there to the log, the book and the
/// sinks. A transition leaves only when every shard has passed its place in the journal, so the log does not depend on
/// how many shards there are or which was faster.
/// </summary>
internal sealed class AlertSequencer : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(1);

    private readonly AlertLog _log;
    private readonly AlertBook _book;
    private readonly IReadOnlyList<IAlertSink> _sinks;
    private readonly Lock _lock = new();
    private readonly long[] _passed;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private List<PendingTransition> _waiting = [];
    private List<PendingTransition> _spare = [];
    private readonly List<AlertTransition> _fresh = [];
    private readonly List<TaskCompletionSource> _settled = [];
    private long _logged = -1;
    private volatile bool _stopping;

    public AlertSequencer(AlertLog log, AlertBook book, IReadOnlyList<IAlertSink> sinks, int shards)
    {
        _log = log;
        _book = book;
        _sinks = sinks;
        _passed = new long[shards];
        _thread = new Thread(Run) { Name = "fengsui-alerts", IsBackground = true };
    }

    /// <summary>Everything up to here is in the log and durable.</summary>
    public long LoggedPosition => Volatile.Read(ref _logged);

    /// <summary>Why the log cannot be written; null when it can. Retried until it works: no transition is dropped.</summary>
    public string? Fault { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>A shard has passed <paramref name="position"/>, with these transitions since the last time.</summary>
    public void Passed(int shard, long position, List<PendingTransition> transitions)
    {
        lock (_lock)
        {
            _waiting.AddRange(transitions);
            _passed[shard] = position;
        }

        transitions.Clear();
        _wake.Set();
    }

    /// <summary>Completes when everything that was passed by all shards at the time of the call is logged.</summary>
    public Task SettledAsync()
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _settled.Add(settled);
        }

        _wake.Set();
        return settled.Task;
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne();
            DrainOnce();
        }

        DrainOnce();
    }

    private void DrainOnce()
    {
        TaskCompletionSource[] settled;
        long low;
        lock (_lock)
        {
            low = _passed.Min();
            settled = [.. _settled];
            _settled.Clear();
            TakeUpTo(low);
        }

        if (_fresh.Count > 0)
        {
            FlushUntilDurable();
            foreach (var transition in _fresh)
            {
                _book.Apply(transition);
            }

            foreach (var sink in _sinks)
            {
                sink.Publish(_log.Count - _fresh.Count + 1, _fresh, _book);
            }

            _fresh.Clear();
        }

        Volatile.Write(ref _logged, low);
        foreach (var waiter in settled)
        {
            waiter.SetResult();
        }
    }

    private void TakeUpTo(long low)
    {
        _spare.Clear();
        var ready = new List<PendingTransition>();
        foreach (var pending in _waiting)
        {
            (pending.Transition.JournalPosition <= low ? ready : _spare).Add(pending);
        }

        (_waiting, _spare) = (_spare, _waiting);
        CollectionsMarshal.AsSpan(ready).Sort(static (a, b) => Order(a).CompareTo(Order(b)));
        foreach (var pending in ready)
        {
            if (_log.Stage(pending.Transition, pending.Ordinal))
            {
                _fresh.Add(pending.Transition);
            }
        }
    }

    private static (long Position, int Index, int Ordinal) Order(in PendingTransition pending) =>
        (pending.Transition.JournalPosition, pending.Transition.JournalIndex, pending.Ordinal);

    private void FlushUntilDurable()
    {
        for (var delay = FirstRetry; ; delay = delay * 2 < LastRetry ? delay * 2 : LastRetry)
        {
            try
            {
                _log.Flush();
                Fault = null;
                return;
            }
            catch (IOException fault)
            {
                Fault = fault.Message;
                Thread.Sleep(delay);
            }
        }
    }
}
