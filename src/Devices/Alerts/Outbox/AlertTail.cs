namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>
/// The alert log as receivers read it: its newest entries from memory, so that those that keep up cost neither reads nor parsing, and
/// everything before from the file. Also wakes who waits for the next entry.
/// </summary>
/// <param name="typeOf">The type of a device; empty when it is not known.</param>
public sealed class AlertTail(Func<string, string> typeOf) : IAlertSink
{
    /// <summary>Bound on entries in memory: some seconds of a storm, a few MB.</summary>
    public const int MaxEntries = 4096;

    private readonly Notice[] _ring = new Notice[MaxEntries];
    private readonly Lock _gate = new();
    private Func<long, int, IReadOnlyList<KeyValuePair<long, AlertEntry>>>? _read;
    private TaskCompletionSource _next = NewSignal();
    private long _first = 1;
    private long _end;

    /// <summary>Number of the last entry.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    /// <summary>Once the log is open. What was logged before is read from the file.</summary>
    /// <param name="count">Entries in it.</param>
    /// <param name="read">Entries after a number, at most so many.</param>
    public void Open(long count, Func<long, int, IReadOnlyList<KeyValuePair<long, AlertEntry>>> read)
    {
        lock (_gate)
        {
            _read = read;
            if (_end == 0)
            {
                (_first, _end) = (count + 1, count);
            }
        }
    }

    public void Publish(long firstNumber, IReadOnlyList<AlertEntry> entries, AlertBook book)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            if (firstNumber != _end + 1)
            {
                _first = firstNumber;
            }

            foreach (var entry in entries)
            {
                _ring[firstNumber % MaxEntries] = NoticeOf(firstNumber, entry);
                _end = firstNumber++;
            }

            _first = Math.Max(_first, _end - MaxEntries + 1);
            waiting = _next;
            _next = NewSignal();
        }

        waiting.SetResult();
    }

    /// <summary>Entries after a number, in order; none at the end. Any thread.</summary>
    public IReadOnlyList<Notice> Read(long after, int count)
    {
        lock (_gate)
        {
            if (after >= _end)
            {
                return [];
            }

            if (after + 1 >= _first)
            {
                var found = new Notice[Math.Min(count, _end - after)];
                for (var i = 0; i < found.Length; i++)
                {
                    found[i] = _ring[(after + 1 + i) % MaxEntries];
                }

                return found;
            }
        }

        return _read is { } read ? [.. read(after, count).Select(entry => NoticeOf(entry.Key, entry.Value))] : [];
    }

    /// <summary>Completes when there is an entry after this number.</summary>
    public Task WaitAsync(long after, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _end > after ? Task.CompletedTask : _next.Task.WaitAsync(cancellation);
        }
    }

    private Notice NoticeOf(long number, AlertEntry entry) => new(number, entry, entry.IsOfZone ? "" : typeOf(entry.Device));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
