using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Fengsui.Ingest.Sources.Again;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fengsui.Ingest.Sources.Tcp;

/// <summary>
/// Listens for peers of one protocol and serves each on its own: a peer that is slow, silent or broken costs the others nothing. An address that
/// cannot be bound is tried again until it can.
/// </summary>
internal sealed class TcpSource(TcpSourceOptions options, ITcpProtocol protocol, SourceBook book, TimeProvider time) : ISource
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<SourceConnection, ConnectionContext> _peers = new();
    private readonly TaskCompletionSource<IPEndPoint> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _serving;

    /// <summary>Completes with the address once it listens.</summary>
    public Task<IPEndPoint> Bound => _bound.Task;

    public ISecondTaker? SecondTaker => protocol.SecondTaker;

    public async Task RunAsync(CancellationToken stopping)
    {
        var report = book.Add(options.Protocol, options.Name, $"listening on {options.EndPoint}");
        var served = new ConcurrentDictionary<Task, bool>();
        try
        {
            await using var listener = await BindAsync(report, stopping).ConfigureAwait(false);
            report.Name($"listening on {listener.EndPoint}");
            _bound.TrySetResult((IPEndPoint)listener.EndPoint);
            var sweeping = SweepAsync(stopping);
            while (await AcceptAsync(listener, report, stopping).ConfigureAwait(false) is { } peer)
            {
                var serving = ServeAsync(peer, report);
                served.TryAdd(serving, true);
                _ = serving.ContinueWith(done => served.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            await sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            foreach (var peer in _peers.Values)
            {
                peer.Abort(new ConnectionAbortedException("the server stops"));
            }

            await Task.WhenAll(served.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            book.Remove(report);
        }
    }

    private async Task<IConnectionListener> BindAsync(SourceConnection report, CancellationToken stopping)
    {
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var backoff = new Backoff(FirstRetry, LongestRetry, time);
        while (true)
        {
            try
            {
                var listener = await transport.BindAsync(options.EndPoint, stopping).ConfigureAwait(false);
                report.Enter(SourceState.Connected);
                return listener;
            }
            catch (Exception fault) when (fault is AddressInUseException or IOException or SocketException)
            {
                report.Fail(fault.Message);
                report.Enter(SourceState.BackingOff);
                await backoff.WaitAsync(stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Null when the listener was told to stop.</summary>
    private static async Task<ConnectionContext?> AcceptAsync(IConnectionListener listener, SourceConnection report, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await listener.AcceptAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                // One connection that failed while it was accepted.
                report.Fail(fault.Message);
            }
        }
    }

    private async Task ServeAsync(ConnectionContext peer, SourceConnection listener)
    {
        await using var owned = peer.ConfigureAwait(false);
        if (Interlocked.Increment(ref _serving) > options.MaxConnections)
        {
            listener.Fail($"more than {options.MaxConnections} connections: {peer.RemoteEndPoint} was turned away");
            peer.Abort(new ConnectionAbortedException("too many connections"));
            Interlocked.Decrement(ref _serving);
            return;
        }

        var report = book.Add(options.Protocol, options.Name, peer.RemoteEndPoint?.ToString() ?? "?");
        report.Enter(SourceState.Connected);
        _peers.TryAdd(report, peer);
        try
        {
            await protocol.ServeAsync(peer, report).ConfigureAwait(false);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ConnectionAbortedException or ConnectionResetException or InvalidOperationException)
        {
            report.Fail(end.Message);
        }
        finally
        {
            _peers.TryRemove(report, out _);
            book.Remove(report);
            Interlocked.Decrement(ref _serving);
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            foreach (var (report, peer) in _peers)
            {
                var heard = report.LastHeardMs == 0 ? report.Since : DateTimeOffset.FromUnixTimeMilliseconds(report.LastHeardMs);
                if (now - heard > options.IdleTimeout)
                {
                    report.TimedOut();
                    peer.Abort(new ConnectionAbortedException($"nothing whole was heard for {options.IdleTimeout.TotalSeconds:0} s"));
                }
            }
        }
    }
}
