using System.Diagnostics;
using System.Net.Sockets;
using Fengsui.Vehicles.Driving;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Vehicles;

/// <summary>One vehicle: drives, keeps what it cannot send, and sends it when it can.</summary>
internal sealed class VehicleTerminal(long phone, bool is2019, Drive drive, VehiclesOptions options, VehiclesCounters counters, AckedPositions? acked) : IDisposable
{
    private const ushort Position = 0x0200, PositionBatch = 0x0704;

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly ReportBuffer _buffer = new(phone, is2019, counters, acked);
    private readonly SemaphoreSlim _wake = new(0);
    private int _driven;
    private volatile bool _isDriven;

    /// <summary>Drives until <paramref name="stop"/> or the last position, then waits for answers until <paramref name="abort"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var driving = options.Unthrottled ? Task.CompletedTask : DriveAsync(stop);
        while (!abort.IsCancellationRequested && !IsDone(stop))
        {
            try
            {
                using var link = new TerminalLink(phone, is2019, options);
                await link.LoginAsync(abort).ConfigureAwait(false);
                counters.Connected();
                await ServeAsync(link, stop, abort).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or OperationCanceledException)
            {
                counters.Failed();
                await Task.Delay(Retry, abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _buffer.Recall();
        }

        await driving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        counters.LeftOver(_buffer.Open);
    }

    public void Dispose() => _wake.Dispose();

    private bool IsDone(CancellationToken stop) => (_isDriven || stop.IsCancellationRequested) && _buffer.Open == 0;

    private async Task DriveAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.RateHz));
        do
        {
            Step();
            _wake.Release();
        }
        while (!_isDriven && await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private void Step()
    {
        _buffer.Keep(drive.Next());
        _isDriven = ++_driven >= options.Positions;
    }

    /// <summary>Sends and hears until all is done, an outage is due, or something fails.</summary>
    private async Task ServeAsync(TerminalLink link, CancellationToken stop, CancellationToken abort)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var hearing = HearAsync(link, over.Token);
        var sending = SendAsync(link, stop, over.Token);
        try
        {
            await (await Task.WhenAny(hearing, sending).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(hearing, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!IsDone(stop))
        {
            _buffer.Recall();
            await Task.Delay(options.Outage, abort).ConfigureAwait(false);
        }
    }

    private async Task HearAsync(TerminalLink link, CancellationToken over)
    {
        while (true)
        {
            var message = await link.ReadAsync(over).ConfigureAwait(false);
            if (message.Id == PlatformMessage.GeneralReply)
            {
                _buffer.Answer(message.AnswerTo, message.Result == 0);
                _wake.Release();
            }
        }
    }

    /// <summary>Returns when all is done, or an outage is due.</summary>
    private async Task SendAsync(TerminalLink link, CancellationToken stop, CancellationToken over)
    {
        var connected = Stopwatch.StartNew();
        var lastSent = Stopwatch.StartNew();
        var lastFree = Stopwatch.StartNew();
        while (!IsDone(stop))
        {
            if (options.Unthrottled && !_isDriven && !stop.IsCancellationRequested && _buffer.Kept == 0)
            {
                Step();
            }

            if (_buffer.InFlight < options.InFlight && _buffer.Kept > 0)
            {
                await SendNextAsync(link, over).ConfigureAwait(false);
                lastSent.Restart();
                lastFree.Restart();
                continue;
            }

            await _wake.WaitAsync(Look, over).ConfigureAwait(false);
            if (_buffer.InFlight > 0 && lastFree.Elapsed > options.AnswerTimeout)
            {
                throw new IOException("the platform does not answer");
            }

            if (lastSent.Elapsed > options.Heartbeat)
            {
                await link.BeatAsync(over).ConfigureAwait(false);
                lastSent.Restart();
            }

            if (options.OutageEvery is { } every && connected.Elapsed > every)
            {
                return;
            }
        }

        await link.LogoutAsync(over).ConfigureAwait(false);
    }

    /// <summary>One position as such; several, which were kept, as a batch.</summary>
    private async Task SendNextAsync(TerminalLink link, CancellationToken over)
    {
        var isBatch = _buffer.Kept > 1;
        var serial = link.NextSerial();
        var reports = _buffer.Take(serial, isBatch ? TerminalFrame.MaxBodyBytes - 3 : 0);
        counters.Sent(reports.Count, isBatch);
        var body = isBatch ? ReportBody.Batch([.. reports.Select(report => report.Body)]) : reports[0].Body;
        await link.SendAsync(isBatch ? PositionBatch : Position, serial, body, over).ConfigureAwait(false);
    }
}
