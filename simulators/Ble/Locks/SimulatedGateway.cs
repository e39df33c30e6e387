using System.Net.Sockets;
using System.Threading.Channels;
using Fengsui.Ble.Wire;

namespace Fengsui.Ble.Locks;

/// <summary>One gateway: hands on what it hears, and sends again whatever was not answered, in the same order.</summary>
internal sealed class SimulatedGateway(string name, LocksOptions options, LocksCounters counters, AckedAdverts? acked) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>What waits in a gateway before the locks wait.</summary>
    private const int Room = 64;

    private readonly Channel<HeardAdvert> _heard = Channel.CreateBounded<HeardAdvert>(Room);
    private readonly Queue<(long Sequence, HeardAdvert Advert)> _open = [];
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _free = new(options.InFlight, options.InFlight);
    private long _sequence;

    public string Name => name;

    public ValueTask HearAsync(HeardAdvert advert, CancellationToken cancellation) => _heard.Writer.WriteAsync(advert, cancellation);

    public void Dispose() => _free.Dispose();

    /// <summary>No more will be heard.</summary>
    public void Complete() => _heard.Writer.TryComplete();

    /// <summary>Runs until all that was heard is acknowledged.</summary>
    /// <param name="abort">Gives up.</param>
    public async Task RunAsync(CancellationToken abort)
    {
        while (!abort.IsCancellationRequested)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(abort);
            try
            {
                using var link = new GatewayLink();
                await link.LoginAsync(options.Host, options.Port, name, options.Token, over.Token).ConfigureAwait(false);
                counters.Connected();
                await SendAgainAsync(link, over.Token).ConfigureAwait(false);
                var reading = ReadAsync(link, over);
                var sending = SendAsync(link, over);
                await Task.WhenAny(reading, sending).ConfigureAwait(false);
                if (sending.IsCompletedSuccessfully && await IsDrainedAsync(reading).ConfigureAwait(false))
                {
                    return;
                }

                await over.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(reading, sending).ConfigureAwait(false);
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                counters.Failed();
                await Task.Delay(RetryDelay, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IsDrainedAsync(Task reading)
    {
        while (!reading.IsCompleted)
        {
            lock (_lock)
            {
                if (_open.Count == 0)
                {
                    return true;
                }
            }

            await Task.WhenAny(reading, Task.Delay(5, CancellationToken.None)).ConfigureAwait(false);
        }

        return false;
    }

    private async Task SendAgainAsync(GatewayLink link, CancellationToken over)
    {
        (long Sequence, HeardAdvert Advert)[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        foreach (var (sequence, advert) in open)
        {
            counters.Sent(isRepeated: true);
            await link.SendAsync(advert.ToJson(sequence, isRepeated: true), over).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(GatewayLink link, CancellationTokenSource over)
    {
        while (await _heard.Reader.WaitToReadAsync(over.Token).ConfigureAwait(false))
        {
            await _free.WaitAsync(over.Token).ConfigureAwait(false);
            if (!_heard.Reader.TryRead(out var advert))
            {
                _free.Release();
                continue;
            }

            Expect(advert, over);
            counters.Sent(isRepeated: false);
            await link.SendAsync(advert.ToJson(_sequence, isRepeated: false), over.Token).ConfigureAwait(false);
        }
    }

    /// <summary>With the first frame that waits, the time for its answer begins.</summary>
    private void Expect(HeardAdvert advert, CancellationTokenSource over)
    {
        lock (_lock)
        {
            _open.Enqueue((++_sequence, advert));
            if (_open.Count == 1)
            {
                over.CancelAfter(options.AnswerTimeout);
            }
        }
    }

    private async Task ReadAsync(GatewayLink link, CancellationTokenSource over)
    {
        while (true)
        {
            over.CancelAfter(IsWaiting() ? options.AnswerTimeout : Timeout.InfiniteTimeSpan);
            Acknowledge(await link.ReadAckAsync(over.Token).ConfigureAwait(false));
        }
    }

    private bool IsWaiting()
    {
        lock (_lock)
        {
            return _open.Count > 0;
        }
    }

    private void Acknowledge(long upTo)
    {
        lock (_lock)
        {
            while (_open.TryPeek(out var first) && first.Sequence <= upTo)
            {
                _open.Dequeue();
                _free.Release();
                counters.Acked();
                acked?.Add(first.Advert);
            }
        }
    }
}
