using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Fengsui.Devices.Alerts.Outbox;

namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>Tells an HTTP server by POST, as CloudEvents. Redirects are not followed: a signed alert goes where the operator said, or nowhere.</summary>
internal sealed class WebhookReceiver : IAlertReceiver
{
    /// <summary>A connection is made anew that often, so that a change of a name's address is seen.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookReceiver(WebhookOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Fengsui", ProgramVersion.Text.Split('+')[0]));
        if (options.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public ReceiverTerms Terms => _options.Terms;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<Notice> notices, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url);
        request.Content = _options.Mode switch
        {
            WebhookMode.Structured => CloudEvents.Structured(notices[0]),
            WebhookMode.Binary => CloudEvents.Binary(notices[0]),
            _ => CloudEvents.Batch(notices),
        };
        if (_options.Secret is { } secret)
        {
            var body = await request.Content.ReadAsByteArrayAsync(cancellation);
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, _time.GetUtcNow().ToUnixTimeSeconds(), body));
        }

        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return WebhookAnswers.Judge(answer, _time.GetUtcNow());
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException)
        {
            return DeliveryAnswer.Unavailable((unreachable.InnerException ?? unreachable).Message);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SocketsHttpHandler Handler(WebhookOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.Terms.Timeout,
            MaxConnectionsPerServer = options.Terms.MaxInFlight + 1,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (options.AuthorityFile is { } path)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustedAuthorities.Of(path) };
        }

        return handler;
    }
}
