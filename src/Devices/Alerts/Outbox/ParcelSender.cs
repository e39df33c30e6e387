using Fengsui.Devices.Audit;

namespace Fengsui.Devices.Alerts.Outbox;

/// <summary>Tells one receiver of parcels, as often as it takes, and decides what its answers mean.</summary>
/// <param name="finish">Called once for each entry that was taken or set aside.</param>
internal sealed class ParcelSender(
    string name, IAlertReceiver receiver, OutboxContext context, FailedDeliveries failed, OutboxCounters counters, Action<Notice> finish)
{
    /// <summary>How soon an alert of the highest tier ends a wait between two attempts.</summary>
    public static readonly TimeSpan IntervalStep = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan DiskRetry = TimeSpan.FromSeconds(1);

    private readonly DeliveryPause _pause = new(receiver.Terms, context.Time, context.Random);
    private long _lastTaken = long.MinValue;

    public bool IsFailing => _pause.IsFailing;

    /// <summary>Whether the last success is so recent that entries are gathered first.</summary>
    public bool WaitsForInterval =>
        receiver.Terms.MinInterval > TimeSpan.Zero
        && Volatile.Read(ref _lastTaken) is var last and not long.MinValue
        && context.Time.GetElapsedTime(last) < receiver.Terms.MinInterval;

    /// <returns>Null when the parcel is done; otherwise how long to wait before it is sent on.</returns>
    public async Task<TimeSpan?> SendAsync(Parcel parcel, CancellationToken stopping)
    {
        while (!parcel.IsDone)
        {
            await _pause.PassAsync(stopping).ConfigureAwait(false);
            var notices = parcel.Next;
            parcel.Attempts++;
            var startedMs = context.NowMs;
            var started = context.Time.GetTimestamp();
            var answer = await AttemptAsync(notices, stopping).ConfigureAwait(false);
            var outcome = Judge(parcel, answer, started);
            context.Journal.Record(new DeliveryAttempt(
                name, notices[0].Number, [.. notices.Select(notice => notice.Id)], parcel.Attempts, outcome, answer.Detail, startedMs, (long)context.Time.GetElapsedTime(started).TotalMilliseconds));
            switch (outcome)
            {
                case DeliveryOutcome.Delivered:
                    Taken(parcel, notices);
                    break;
                case DeliveryOutcome.Failed:
                    await SetAsideAsync(parcel, notices[0], answer.Detail, stopping).ConfigureAwait(false);
                    break;
                case DeliveryOutcome.Deferred when answer.Verdict == DeliveryVerdict.Refused && !parcel.TrySplit():
                    return _pause.AfterRefusal(parcel.Attempts);
                default:
                    break;
            }
        }

        return null;
    }

    private async Task<DeliveryAnswer> AttemptAsync(IReadOnlyList<Notice> notices, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(receiver.Terms.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            return await receiver.SendAsync(notices, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return DeliveryAnswer.Unavailable($"no answer within {receiver.Terms.Timeout.TotalSeconds:0.###} s");
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not OutOfMemoryException)
        {
            // A fault of one receiver must not end its worker: the alerts stay where they are.
            return DeliveryAnswer.Unavailable($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private DeliveryOutcome Judge(Parcel parcel, DeliveryAnswer answer, long started)
    {
        if (answer.Verdict == DeliveryVerdict.Taken)
        {
            _pause.Succeeded(started);
            counters.Took(parcel.Next.Count, context.NowMs);
            Volatile.Write(ref _lastTaken, context.Time.GetTimestamp());
            return DeliveryOutcome.Delivered;
        }

        counters.Missed(answer.Detail, context.NowMs);
        if (answer.Verdict == DeliveryVerdict.Unavailable)
        {
            _pause.Failed(answer.RetryAfter);
            return DeliveryOutcome.Deferred;
        }

        _pause.Succeeded(started);
        if (parcel.Next.Count > 1)
        {
            return DeliveryOutcome.Deferred;
        }

        parcel.FirstRefusal ??= context.Time.GetTimestamp();
        return context.Time.GetElapsedTime(parcel.FirstRefusal.Value) >= receiver.Terms.GiveUpAfter ? DeliveryOutcome.Failed : DeliveryOutcome.Deferred;
    }

    private void Taken(Parcel parcel, IReadOnlyList<Notice> notices)
    {
        parcel.Told();
        foreach (var notice in notices)
        {
            try
            {
                failed.Remove(notice.Number);
            }
            catch (Exception full) when (full is IOException or UnauthorizedAccessException)
            {
                context.Told($"{name}: {full.Message}; {notice.Id} was delivered but may be listed as failed after a restart");
            }

            finish(notice);
        }
    }

    /// <summary>The cursor passes an entry only when it is on the list of failed ones.</summary>
    private async Task SetAsideAsync(Parcel parcel, Notice notice, string reason, CancellationToken stopping)
    {
        var lost = new FailedDelivery(notice.Number, notice.Id, notice.AlertId, reason, parcel.Attempts, context.NowMs);
        while (!TrySetAside(lost))
        {
            await Task.Delay(DiskRetry, context.Time, stopping).ConfigureAwait(false);
        }

        parcel.Told();
        finish(notice);
    }

    private bool TrySetAside(FailedDelivery lost)
    {
        try
        {
            failed.Add(lost);
            return true;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            context.Told($"{name}: {lost.Id} cannot be set aside as failed: {full.Message}");
            return false;
        }
    }
}
