using System.Diagnostics.CodeAnalysis;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// One receiver being told, from a cursor on until it is cancelled: a reader that brings entries from the log into a bounded set of
/// queues, and as many senders as the receiver's terms allow. The log is the buffer: a receiver that is away costs
/// <see cref="MaxQueued"/> entries of memory, and nobody else waits.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a semaphore whose wait handle nobody asks for holds nothing, and somebody may ask again while the run ends")]
internal sealed class OutboxRun
{
    /// <summary>Bound on entries in memory that are waiting or under way; more when all that the terms let be under way is more.</summary>
    public const int MaxQueued = 1024;

    /// <summary>Bound whatever the terms, some 40 MB.</summary>
    public const int MaxQueuedOfLargeBatches = 32_768;

    private const int PageSize = 256;

    private static readonly TimeSpan NotYetDurable = TimeSpan.FromMilliseconds(20);

    private readonly string _name;
    private readonly OutboxContext _context;
    private readonly ReceiverTerms _terms;
    private readonly AgainList _again;
    private readonly AlertQueues _queues = new();
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _asked = new(0);
    private readonly ParcelSender _sender;

    /// <param name="window">Where it begins.</param>
    public OutboxRun(string name, IAlertReceiver receiver, OutboxContext context, OutboxWindow window, AgainList again, FailedDeliveries failed, OutboxCounters counters)
    {
        _name = name;
        _context = context;
        _terms = receiver.Terms;
        _again = again;
        Window = window;
        _room = new SemaphoreSlim(Math.Clamp((_terms.MaxInFlight + 1) * _terms.MaxBatch, MaxQueued, MaxQueuedOfLargeBatches));
        _sender = new ParcelSender(name, receiver, context, failed, counters, Finish);
    }

    public OutboxWindow Window { get; }

    public bool IsFailing => _sender.IsFailing;

    public int Queued
    {
        get
        {
            lock (_queues)
            {
                return _queues.Count;
            }
        }
    }

    /// <summary>There are new numbers on the list of those to be told again.</summary>
    public void AskedAgain() => _asked.Release();

    /// <summary>Runs until it is cancelled, or one of its parts fails by a fault of ours.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            ReadAsync(ending.Token),
            RepeatAsync(ending.Token),
            .. Enumerable.Range(0, _terms.MaxInFlight).Select(_ => SendAsync(ending.Token)),
        ];
        var first = await Task.WhenAny(parts).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        while (true)
        {
            var page = _context.Tail.Read(Window.Read, PageSize);
            if (page.Count == 0)
            {
                if (_context.Tail.End > Window.Read)
                {
                    // Counted, but not yet on the disk.
                    await Task.Delay(NotYetDurable, _context.Time, stopping).ConfigureAwait(false);
                }

                await _context.Tail.WaitAsync(Window.Read, stopping).ConfigureAwait(false);
                continue;
            }

            foreach (var notice in page)
            {
                var isWanted = (!notice.IsShadow || notice.Facts.IsCanary) && _context.Router().Reaches(_name, notice.Facts);
                if (isWanted)
                {
                    await _room.WaitAsync(stopping).ConfigureAwait(false);
                }

                Window.Enter(notice, isWanted);
                if (isWanted)
                {
                    Enqueue(notice);
                }
            }
        }
    }

    /// <summary>What is told again on request goes through the same queues, so it stays in order with what is new of its alert.</summary>
    private async Task RepeatAsync(CancellationToken stopping)
    {
        var queued = new HashSet<long>();
        while (true)
        {
            var numbers = _again.All();
            queued.IntersectWith(numbers);
            foreach (var number in numbers.Where(queued.Add))
            {
                if (_context.Tail.Read(number - 1, 1) is not [{ } notice] || notice.Number != number)
                {
                    _again.Remove(number);
                    continue;
                }

                await _room.WaitAsync(stopping).ConfigureAwait(false);
                Enqueue(notice);
            }

            await _asked.WaitAsync(stopping).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        while (true)
        {
            await _work.WaitAsync(stopping).ConfigureAwait(false);
            while (await TakeAsync(stopping).ConfigureAwait(false) is { } parcel)
            {
                var again = await _sender.SendAsync(parcel, stopping).ConfigureAwait(false);
                if (again is { } wait)
                {
                    _ = ReturnAsync(parcel, wait, stopping);
                }
                else
                {
                    Finish(parcel);
                }
            }
        }
    }

    private async Task<Parcel?> TakeAsync(CancellationToken stopping)
    {
        while (_sender.WaitsForInterval && !HasUrgent())
        {
            await Task.Delay(ParcelSender.IntervalStep, _context.Time, stopping).ConfigureAwait(false);
        }

        stopping.ThrowIfCancellationRequested();
        lock (_queues)
        {
            return _queues.Take(_terms.MaxBatch);
        }
    }

    private bool HasUrgent()
    {
        lock (_queues)
        {
            return _queues.HasUrgent;
        }
    }

    private void Enqueue(Notice notice)
    {
        lock (_queues)
        {
            if (!_queues.Add(notice))
            {
                return;
            }
        }

        _work.Release();
    }

    private async Task ReturnAsync(Parcel parcel, TimeSpan wait, CancellationToken stopping)
    {
        await Task.Delay(wait, _context.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        lock (_queues)
        {
            _queues.Return(parcel);
        }

        _work.Release();
    }

    private void Finish(Parcel parcel)
    {
        bool hasMore;
        lock (_queues)
        {
            hasMore = _queues.Finish(parcel);
        }

        if (hasMore)
        {
            _work.Release();
        }
    }

    private void Finish(Notice notice)
    {
        Window.Finish(notice.Number);
        _again.Remove(notice.Number);
        _room.Release();
    }
}
