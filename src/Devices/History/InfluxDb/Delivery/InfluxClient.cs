using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>Sends lines to one server and says what came of it. Never throws for what a server or the network does.</summary>
internal sealed class InfluxClient : IDisposable
{
    /// <summary>An answer is a few lines of text; a thousand refused lines with their reasons fit.</summary>
    private const int MaxAnswerBytes = 1 << 20;

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(10);
    private static readonly MediaTypeHeaderValue PlainText = new("text/plain", "utf-8");

    private readonly InfluxTargetOptions _target;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue? _authorisation;
    private volatile bool _usesGzip;

    public InfluxClient(InfluxTargetOptions target, TimeProvider time)
    {
        _target = target;
        _time = time;
        _address = WriteAddress.Of(target);
        _authorisation = WriteAddress.Authorisation(target);
        _usesGzip = target.UsesGzip;
        _http = new HttpClient(Handler(target)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Compression turned out not to be taken.</summary>
    public void StopGzip() => _usesGzip = false;

    /// <param name="lines">Whole lines.</param>
    /// <param name="buffer">For compression; its contents are replaced.</param>
    /// <exception cref="OperationCanceledException">As asked for.</exception>
    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, MemoryStream buffer, CancellationToken cancellation)
    {
        var isGzip = _usesGzip;
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = Content(lines, buffer, isGzip) };
        request.Headers.Authorization = _authorisation;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(_target.Timeout);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            var body = await BodyAsync(response, deadline.Token).ConfigureAwait(false);
            return Answer(response, body, isGzip);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new InfluxAnswer(AnswerKind.Retry, $"no answer within {_target.Timeout.TotalSeconds:0.#} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new InfluxAnswer(AnswerKind.Retry, Reason(fault));
        }
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(InfluxTargetOptions target)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = target.InFlight,
            PooledConnectionLifetime = ConnectionLife,
            ConnectTimeout = target.Timeout,
        };
        if (target.CertificateAuthority is { } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOnly(file) };
        }

        return handler;
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> lines, MemoryStream buffer, bool isGzip)
    {
        if (!isGzip)
        {
            return new ReadOnlyMemoryContent(lines) { Headers = { ContentType = PlainText } };
        }

        buffer.SetLength(0);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        var content = new ReadOnlyMemoryContent(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        content.Headers.ContentType = PlainText;
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = new byte[8 << 10];
        var length = 0;
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadAsync(bytes.AsMemory(length), cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                if (length == bytes.Length && length < MaxAnswerBytes)
                {
                    Array.Resize(ref bytes, 2 * length);
                }
                else if (length == bytes.Length)
                {
                    break;
                }
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private InfluxAnswer Answer(HttpResponseMessage response, string body, bool wasGzip)
    {
        var kind = AnswerRules.KindOf(response.StatusCode, body, wasGzip);
        if (kind == AnswerKind.Done)
        {
            return InfluxAnswer.Done;
        }

        var answer = new InfluxAnswer(kind, $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd())
        {
            Status = response.StatusCode,
            Body = body,
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
        return kind == AnswerKind.Refused ? AnswerBody.Read(answer)
            : response.Headers.Location is { } elsewhere ? answer with { Reason = $"{answer.Reason}: redirected to {elsewhere}; give that as the url" }
            : body.Length > 0 ? answer with { Reason = AnswerBody.Read(answer).Reason }
            : answer;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Reason(Exception fault) =>
        fault is HttpRequestException { InnerException: { } inner } ? $"{fault.Message} ({inner.Message})" : fault.Message;
}
