using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>An HTTP server on loopback that answers its first requests as it is told, byte by byte, and all further ones with 204. One request a connection.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    public const string Good = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<Func<Socket, CancellationToken, Task>> _script;
    private readonly Task _accepting;

    /// <param name="script">What the first requests are answered with.</param>
    public HostileServer(params Func<Socket, CancellationToken, Task>[] script)
    {
        _script = new(script);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/hook");

    /// <summary>Bodies of requests that were read whole, in order.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>An answer as it stands.</summary>
    public static Func<Socket, CancellationToken, Task> Says(string answer) =>
        async (peer, cancel) => await peer.SendAsync(Encoding.ASCII.GetBytes(answer), cancel);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var peers = new List<Task>();
        while (!_ending.IsCancellationRequested)
        {
            peers.RemoveAll(peer => peer.IsCompleted);
            peers.Add(AnswerAsync(await _listener.AcceptSocketAsync(_ending.Token)));
        }
    }

    private async Task AnswerAsync(Socket peer)
    {
        using (peer)
        {
            try
            {
                Bodies.Enqueue(await ReadAsync(peer, _ending.Token));
                await (_script.TryDequeue(out var answer) ? answer : Says(Good))(peer, _ending.Token);
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side did not wait for the rest of it.
            }
        }
    }

    private static async Task<string> ReadAsync(Socket peer, CancellationToken cancel)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (true)
        {
            var got = await peer.ReceiveAsync(buffer, cancel);
            if (got == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, got));
            var whole = text.ToString();
            var head = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0)
            {
                continue;
            }

            var line = whole[..head].Split("\r\n").Single(one => one.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (whole.Length >= head + 4 + int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))
            {
                return whole[(head + 4)..];
            }
        }
    }
}
