using System.Collections.Concurrent;
using Fengsui.Devices.Alerts.Outbox;
using Xunit;

namespace Fengsui.Devices.Tests.Alerts.Outbox;

/// <summary>A receiver whose answers are a function of what it is told. Keeps what it took, in the order in which it took it.</summary>
internal sealed class ScriptedReceiver(ReceiverTerms terms) : IAlertReceiver
{
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly SemaphoreSlim _count = new(0);
    private int _inFlight;

    public Func<IReadOnlyList<Notice>, CancellationToken, Task<DeliveryAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(DeliveryAnswer.Taken("ok"));

    public ReceiverTerms Terms => terms;

    public IReadOnlyList<string> Taken => [.. _taken];

    /// <summary>Sizes of the batches that were taken.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    public int MostInFlight { get; private set; }

    /// <summary>What was taken survives a crash when this is done.</summary>
    public Task Kept { get; set; } = Task.CompletedTask;

    public Task DurableAsync(CancellationToken cancellation) => Kept.WaitAsync(cancellation);

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        var now = Interlocked.Increment(ref _inFlight);
        lock (_taken)
        {
            MostInFlight = Math.Max(MostInFlight, now);
        }

        try
        {
            var answer = await Answer(notices, cancellation);
            if (answer.Verdict == DeliveryVerdict.Taken)
            {
                Batches.Enqueue(notices.Count);
                foreach (var notice in notices)
                {
                    _taken.Enqueue(notice.Id);
                    _count.Release();
                }
            }

            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <summary>Waits until so many more were taken.</summary>
    public async Task WaitForAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _count.WaitAsync(TimeSpan.FromSeconds(60)), $"{i} of {count} came");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
