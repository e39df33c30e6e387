using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>
/// A server that answers as a test says and stores points as the real ones do: one a series and time, the last write wins.
/// </summary>
internal sealed class FakeInflux : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<FakeRequest, FakeReply> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _requests;
    private int _stored;

    /// <param name="certificate">Speaks TLS with it.</param>
    public FakeInflux(Func<FakeRequest, FakeReply>? script = null, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _script = script ?? (_ => FakeReply.Stored);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Field text by series and time.</summary>
    public ConcurrentDictionary<string, string> Points { get; } = new();

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>How many lines were stored, those of one point counted each time.</summary>
    public int Stored => Volatile.Read(ref _stored);

    public int Connections => _connections.Count;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _connections.Add(Task.Run(() => ServeAsync(client)));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        await using Stream stream = _certificate is null ? client.GetStream() : new SslStream(client.GetStream());
        if (stream is SslStream tls)
        {
            await tls.AuthenticateAsServerAsync(_certificate!);
        }

        while (await ReadAsync(stream) is { } request)
        {
            Requests.Enqueue(request);
            var reply = _script(request);
            Store(request, reply);
            if (reply.Status == 0)
            {
                client.Client.LingerState = new LingerOption(true, 0);
                return;
            }

            await AnswerAsync(stream, reply);
            if (reply.BreaksBody)
            {
                client.Client.LingerState = new LingerOption(true, 0);
                return;
            }
        }
    }

    private void Store(FakeRequest request, FakeReply reply)
    {
        foreach (var line in request.Lines.Where(reply.Stores ?? (_ => reply.Status is >= 200 and < 300)))
        {
            // Spaces in names are escaped; texts, which come later, may have some.
            var (first, last) = (line.IndexOf(' ', StringComparison.Ordinal), line.LastIndexOf(' '));
            while (line[first - 1] == '\\')
            {
                first = line.IndexOf(' ', first + 1);
            }

            Interlocked.Increment(ref _stored);
            Points[line[..first] + line[last..]] = line[(first + 1)..last];
        }
    }

    private async Task AnswerAsync(Stream stream, FakeReply reply)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Answer\r\n");
        if (reply.Status != 204)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(reply.Body)}\r\n");
        }

        if (reply.Header is { } header)
        {
            head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stopping.Token);
        await reply.BodyAfter.WaitAsync(_stopping.Token);
        var body = Encoding.UTF8.GetBytes(reply.Body);
        await stream.WriteAsync(reply.BreaksBody ? body.AsMemory(0, body.Length / 2) : body, _stopping.Token);
    }

    private async Task<FakeRequest?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await ReadOrEndAsync(stream, one) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stopping.Token);
        return new FakeRequest(Interlocked.Increment(ref _requests), lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(headers.ContainsKey("content-encoding") ? Unzip(body) : body));
    }

    private async Task<int> ReadOrEndAsync(Stream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer, _stopping.Token);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static byte[] Unzip(byte[] body)
    {
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
