using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Devices.Audit;

namespace Fengsui.Devices.Canary;

/// <summary>
/// Tells receivers of their own that the canary is missing, and that it is back, on a path that shares nothing with the one that the canary proves: no journal, no actor, no
/// alert log, no outbox. What is to be told is in a small file of its own, so it is told at least once, also after a restart, each step under an id that never changes.
/// </summary>
/// <param name="path">The file; when it cannot be written, what is to be told is in memory only.</param>
/// <param name="receivers">Who is to be told now; may change.</param>
/// <param name="journal">Is told of each attempt, and never waited for.</param>
/// <param name="told">Told what is wrong with the file.</param>
public sealed class CanaryAlarm(string path, Func<IReadOnlyList<CanaryReceiver>> receivers, IDeliveryJournal journal, TimeProvider time, Action<string> told) : IAsyncDisposable
{
    /// <summary>Between two attempts at a receiver that does not take it.</summary>
    internal static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private const int MaxUnrecorded = 64;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (string Fingerprint, IAlertReceiver Receiver)> _open = new(StringComparer.Ordinal);
    private readonly Queue<DeliveryAttempt> _attempts = new();
    private bool _isRecording;
    private CanaryMark? _mark = CanaryMark.Load(path);
    private Task _running = Task.CompletedTask;

    /// <summary>What routes look at in a missing canary.</summary>
    public static RouteFacts Facts => CanaryNotice.Of(0, new CanaryStep(1, true, 0, CanaryStageNames.Rounds, "")).Facts;

    /// <summary>Whether it is missing, by what was told last. Any thread.</summary>
    public bool IsMissing
    {
        get
        {
            lock (_gate)
            {
                return _mark is { IsMissing: true };
            }
        }
    }

    /// <summary>Goes on with what a restart has left.</summary>
    public void Start()
    {
        _work.Release();
        _running = Task.Run(RunAsync);
    }

    /// <summary>What the newest round showed. Does not wait. Any thread.</summary>
    public void Tell(CanaryState state)
    {
        if (state.IsMissing)
        {
            Missing(state.FailedAt.Name(), state.Reason);
        }
        else
        {
            Back();
        }
    }

    /// <summary>The canary is missing; said again, it changes nothing. Does not wait. Any thread.</summary>
    /// <param name="stage">Where it stayed.</param>
    public void Missing(string stage, string reason)
    {
        lock (_gate)
        {
            if (_mark is not { IsMissing: true })
            {
                Mark(_mark is { } known ? known.With(true, NowMs(), stage, reason) : CanaryMark.Of(new CanaryStep(1, true, NowMs(), stage, reason)));
                return;
            }
        }

        // Somebody may be new among those to be told.
        _work.Release();
    }

    /// <summary>It came through; when it was not missing, that is nothing new. Does not wait. Any thread.</summary>
    public void Back()
    {
        lock (_gate)
        {
            if (_mark is { IsMissing: true } mark)
            {
                Mark(mark.With(false, NowMs(), "", ""));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (_, receiver) in _open.Values)
        {
            await receiver.DisposeAsync().ConfigureAwait(false);
        }

        _open.Clear();
    }

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Under the lock.</summary>
    private void Mark(CanaryMark? mark)
    {
        _mark = mark;
        try
        {
            if (mark is null)
            {
                File.Delete(path);
            }
            else
            {
                mark.Save(path);
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            told($"what is to be told of a missing canary is in memory only: {full.Message}");
        }

        _work.Release();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _work.WaitAsync(_stopping.Token).ConfigureAwait(false);
            while (!await TellAllAsync().ConfigureAwait(false))
            {
                await Task.Delay(Retry, time, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>False when somebody does not know everything yet.</summary>
    private async Task<bool> TellAllAsync()
    {
        var wanted = receivers();
        var outcomes = await Task.WhenAll(wanted.Select(TellAsync)).ConfigureAwait(false);
        lock (_gate)
        {
            if (_mark is null || (!_mark.IsMissing && wanted.All(one => _mark.NextFor(one.Name) is null)))
            {
                if (_mark is not null)
                {
                    _mark = null;
                    TryDelete();
                }

                return true;
            }

            return outcomes.All(isDone => isDone) && wanted.Count > 0;
        }
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            told($"a missing canary that is over stays in {path} and is told once more after a restart: {full.Message}");
        }
    }

    /// <summary>All that one receiver does not know, in order, until it does not take something.</summary>
    private async Task<bool> TellAsync(CanaryReceiver who)
    {
        while (Next(who.Name) is var (since, step))
        {
            if (!await SendAsync(who, CanaryNotice.Of(since, step)).ConfigureAwait(false))
            {
                return false;
            }

            lock (_gate)
            {
                if (_mark is { } mark && mark.SinceMs == since)
                {
                    Mark(mark.Knows(who.Name, step.Number));
                }
            }
        }

        return true;
    }

    private (long Since, CanaryStep Step)? Next(string receiver)
    {
        lock (_gate)
        {
            return _mark is { } mark && mark.NextFor(receiver) is { } step ? (mark.SinceMs, step) : null;
        }
    }

    private async Task<bool> SendAsync(CanaryReceiver who, Notice notice)
    {
        var startedMs = NowMs();
        DeliveryAnswer answer;
        try
        {
            var receiver = await OpenAsync(who).ConfigureAwait(false);
            using var late = new CancellationTokenSource(receiver.Terms.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stopping.Token);
            answer = await receiver.SendAsync([notice], either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !_stopping.IsCancellationRequested)
        {
            answer = DeliveryAnswer.Unavailable(fault is OperationCanceledException ? "no answer in time" : $"{fault.GetType().Name}: {fault.Message}");
        }

        var isTaken = answer.Verdict == DeliveryVerdict.Taken;
        var attempt = new DeliveryAttempt(who.Name, 0, [notice.Id], 1, isTaken ? DeliveryOutcome.Delivered : DeliveryOutcome.Deferred, answer.Detail, startedMs, NowMs() - startedMs);

        Record(attempt);
        return isTaken;
    }

    /// <summary>The record may be what is stuck: it must not hold this up. Attempts that find too many waiting for it are not on record.</summary>
    private void Record(DeliveryAttempt attempt)
    {
        lock (_attempts)
        {
            if (_attempts.Count < MaxUnrecorded)
            {
                _attempts.Enqueue(attempt);
            }

            if (!_isRecording)
            {
                _isRecording = true;
                _ = Task.Run(RecordAll);
            }
        }
    }

    private void RecordAll()
    {
        while (true)
        {
            DeliveryAttempt? next;
            lock (_attempts)
            {
                _isRecording = _attempts.TryDequeue(out next);
            }

            if (next is null)
            {
                return;
            }

            journal.Record(next);
        }
    }

    private async Task<IAlertReceiver> OpenAsync(CanaryReceiver who)
    {
        IAlertReceiver? old = null;
        lock (_open)
        {
            if (_open.TryGetValue(who.Name, out var known))
            {
                if (known.Fingerprint == who.Fingerprint)
                {
                    return known.Receiver;
                }

                old = known.Receiver;
            }
        }

        if (old is not null)
        {
            await old.DisposeAsync().ConfigureAwait(false);
        }

        var receiver = who.Open();
        lock (_open)
        {
            _open[who.Name] = (who.Fingerprint, receiver);
        }

        return receiver;
    }
}
