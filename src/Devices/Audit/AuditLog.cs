namespace Fengsui.Devices.Audit;

/// <summary>
/// The audit log: hash-chained, append-only. What others hand over waits in a bounded queue; what stands in the alert log and the
/// journal is followed by number. One thread writes groups, and a group is durable before anyone is told so.
/// </summary>
public sealed class AuditLog : IDeliveryJournal, IAccessJournal, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(1);

    /// <summary>Sources cannot wake the log: they are looked at this often.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly AuditFile _file;
    private readonly AuditQueue _queue;
    private readonly List<AuditRecord> _taken = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private IReadOnlyList<IAuditSource> _sources = [];
    private AuditStatus _status;
    private int _disposed;

    private AuditLog(AuditOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _queue = new AuditQueue(options.MaxQueued);
        _file = AuditFile.Open(options, time);
        _thread = new Thread(Run) { Name = "fengsui-audit", IsBackground = true };
        _status = new AuditStatus { Head = _file.Head, Alerts = _file.Places.Alerts, IsDamaged = _file.IsDamaged };
    }

    public string Directory => _options.Directory;

    /// <summary>What was wrong when it was opened.</summary>
    public IReadOnlyList<string> Findings => _file.Findings;

    /// <summary>How it is now. Any thread.</summary>
    public AuditStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status with { Queued = _queue.Count };
            }
        }
    }

    /// <summary>Called on the log's thread with the durable head, after each group and when nothing happens.</summary>
    internal Action<AuditHead>? Written { get; set; }

    /// <summary>Lets a test fail writes. Null in the product.</summary>
    internal Action<string>? BeforeWrite
    {
        set => _file.Before = value;
    }

    /// <summary>Up to where each source is in the log; before <see cref="Start()"/> only.</summary>
    internal AuditPlaces Places => _file.Places;

    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static AuditLog Open(AuditOptions options, TimeProvider time) => new(options, time);

    /// <summary>Begins to write; without it nothing leaves the queue.</summary>
    public void Start() => Start([]);

    internal void Start(params IReadOnlyList<IAuditSource> sources)
    {
        _sources = sources;
        _thread.Start();
    }

    /// <summary>The alert log ends before what is recorded of it; before <see cref="Start()"/> only.</summary>
    internal void StepBack(long alerts) => _file.StepBack(alerts);

    /// <summary>Takes a record to be written soon. Waits while the queue is full (<see cref="AuditOptions.MaxQueued"/>); after the end it takes none.</summary>
    public void Append(AuditRecord record)
    {
        if (_queue.TryAdd(record))
        {
            _wake.Set();
            return;
        }

        Note(status => status with { Unrecorded = status.Unrecorded + 1 });
    }

    /// <inheritdoc/>
    public void Record(DeliveryAttempt attempt) => Append(AuditRecords.Of(attempt));

    /// <inheritdoc/>
    public void Record(AccessAttempt access) => Append(AuditRecords.Of(access, NowMs()));

    /// <inheritdoc/>
    public void RecordChange(string actor, string subject, string change) =>
        Append(new AuditRecord(AuditKind.Configuration, NowMs(), actor, subject) { Detail = new AuditDetail().Text("change", change).ToJson() });

    /// <summary>Completes when all that was recorded before the call is durable.</summary>
    /// <exception cref="ObjectDisposedException">The log ended before that.</exception>
    public Task DurableAsync(CancellationToken cancellation) => WaitAsync(isForAll: false, cancellation);

    /// <summary>As <see cref="DurableAsync"/>, and what the alert log and the journal hold is durable too.</summary>
    public Task SettledAsync(CancellationToken cancellation) => WaitAsync(isForAll: true, cancellation);

    /// <summary>Writes what it has, unless the environment refuses, and ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _stopping.Set();
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        var left = _queue.Close() + _file.StagedCount;
        Note(status => status with { Unrecorded = status.Unrecorded + left });
        _file.Dispose();
    }

    /// <summary>The log was found to be other than it was anchored, or the alert log other than it is on record.</summary>
    internal void Accuse(AuditRecord finding)
    {
        _queue.TryAdd(finding, isUrgent: true);
        Note(status => status with { IsDamaged = true });
    }

    private Task WaitAsync(bool isForAll, CancellationToken cancellation)
    {
        var waiting = _queue.WaitAsync(isForAll);
        _wake.Set();
        return waiting.WaitAsync(cancellation);
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Run()
    {
        while (!_stopping.WaitOne(0))
        {
            _wake.WaitOne(Look);
            if (TryPass())
            {
                Guarded(() => Written?.Invoke(_file.Head));
                _stopping.WaitOne(_options.SyncInterval);
            }
        }

        TryPass();
    }

    /// <summary>Writes everything that there is; false when the environment refused and the log is being stopped.</summary>
    private bool TryPass()
    {
        var waiting = _queue.Waiting;
        for (var more = true; more;)
        {
            if (!Try(_file.Prepare))
            {
                return false;
            }

            more = _queue.Take(_options.MaxGroup, Stage) | StageSources();
            if (!Try(_file.Flush))
            {
                return false;
            }

            Note(status => status with { Head = _file.Head, Alerts = _file.Places.Alerts, Fault = null });
            Guarded(() =>
            {
                foreach (var source in _sources)
                {
                    source.Recorded();
                }
            });
            waiting -= _queue.Durable(more ? 0 : waiting);
        }

        return true;
    }

    private void Stage(AuditRecord record) => _file.Stage(record);

    private bool StageSources()
    {
        var more = false;
        Note(status => status with { SourceFault = null });
        foreach (var source in _sources)
        {
            Guarded(() => more |= source.Take(_file.Places, _options.MaxGroup, _taken));
            _taken.ForEach(Stage);
            _taken.Clear();
        }

        return more;
    }

    /// <summary>Whom the log follows, or tells, must not be able to end it.</summary>
    private void Guarded(Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Note(status => status with { SourceFault = fault.Message });
        }
    }

    private void Note(Func<AuditStatus, AuditStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
        }
    }

    private bool Try(Action step)
    {
        for (var delay = FirstRetry; ; delay = delay * 2 < LastRetry ? delay * 2 : LastRetry)
        {
            var isLast = _stopping.WaitOne(0);
            try
            {
                step();
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Note(status => status with { Fault = fault.Message, Retries = status.Retries + 1 });
            }

            if (isLast)
            {
                return false;
            }

            _stopping.WaitOne(delay);
        }
    }
}
