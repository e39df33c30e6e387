using System.Net;
using System.Net.Sockets;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;

namespace Fengsui.Ingest.Tests.Sources;

public sealed class TcpSourceTests
{
    private readonly SourceBook _book = new(TimeProvider.System);

    [Fact]
    public async Task Peers_are_served_each_on_their_own()
    {
        await using var running = await RunAsync(10);
        using var first = await ConnectAsync(running.EndPoint);
        using var second = await ConnectAsync(running.EndPoint);
        await EchoAsync(first, "a");
        await SendAsync(second, "!");
        Assert.Equal(0, await second.ReceiveAsync(new byte[1]));
        await EchoAsync(first, "b");

        var peer = Assert.Single(_book.Open, one => one.FramesIn > 0);
        Assert.Equal(2, peer.FramesIn);
        Assert.Equal("broken", Assert.Single(_book.Totals()).LastError);
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_the_others_stay()
    {
        await using var running = await RunAsync(1);
        using var first = await ConnectAsync(running.EndPoint);
        await EchoAsync(first, "a");
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Assert.True(await IsTurnedAwayAsync(second, running.EndPoint));

        await EchoAsync(first, "b");
        Assert.Contains("turned away", Assert.Single(_book.Totals()).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_nothing_whole_is_closed()
    {
        await using var running = await RunAsync(10, TimeSpan.FromMilliseconds(300));
        using var peer = await ConnectAsync(running.EndPoint);
        await SendAsync(peer, "?");

        Assert.True(await IsClosedAsync(peer));
        Assert.Equal(1, Assert.Single(_book.Totals()).Timeouts);
    }

    [Fact]
    public async Task An_address_in_use_is_tried_until_it_is_free()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = (IPEndPoint)other.LocalEndpoint;
        using var stopping = new CancellationTokenSource();
        var source = new TcpSource(new TcpSourceOptions("toy", "one", taken, 10, TimeSpan.FromMinutes(1)), new ToyProtocol(), _book, TimeProvider.System);
        var run = source.RunAsync(stopping.Token);
        await Until(() => _book.Open is [{ State: SourceState.BackingOff, LastError.Length: > 0 }]);
        other.Stop();

        using var peer = await ConnectAsync(await source.Bound);
        await EchoAsync(peer, "a");
        await stopping.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_stop_closes_every_peer_and_forgets_none_of_the_counts()
    {
        var running = await RunAsync(10);
        using var peer = await ConnectAsync(running.EndPoint);
        await EchoAsync(peer, "a");
        await running.DisposeAsync();

        Assert.True(await IsClosedAsync(peer));
        Assert.Empty(_book.Open);
        Assert.Equal(1, Assert.Single(_book.Totals()).FramesIn);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));

    private static async Task EchoAsync(Socket socket, string text)
    {
        await SendAsync(socket, text);
        var answer = new byte[text.Length];
        Assert.Equal(text.Length, await socket.ReceiveAsync(answer));
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(answer));
    }

    private static async Task<bool> IsClosedAsync(Socket socket)
    {
        var bytes = new byte[16];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (await socket.ReceiveAsync(bytes, patience.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>It may be closed so soon that connecting fails already.</summary>
    private static async Task<bool> IsTurnedAwayAsync(Socket socket, IPEndPoint endPoint)
    {
        try
        {
            await socket.ConnectAsync(endPoint);
        }
        catch (SocketException)
        {
            return true;
        }

        return await IsClosedAsync(socket);
    }

    private async Task<Running> RunAsync(int maxConnections, TimeSpan? idle = null)
    {
        var options = new TcpSourceOptions("toy", "one", new IPEndPoint(IPAddress.Loopback, 0), maxConnections, idle ?? TimeSpan.FromMinutes(1));
        var source = new TcpSource(options, new ToyProtocol(), _book, TimeProvider.System);
        var stopping = new CancellationTokenSource();
        var run = source.RunAsync(stopping.Token);
        return new Running(await source.Bound, stopping, run);
    }

    private sealed record Running(IPEndPoint EndPoint, CancellationTokenSource Stopping, Task Run) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stopping.CancelAsync();
            await Run;
            Stopping.Dispose();
        }
    }
}
