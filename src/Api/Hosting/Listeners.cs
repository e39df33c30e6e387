using System.Security.Authentication;
using Fengsui.Api.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fengsui.Api.Hosting;

/// <summary>The listeners of one server: MQTT, MQTT over TLS when there is a certificate, and HTTP.</summary>
internal sealed class Listeners : IDisposable
{
    /// <summary>How long before its certificate's end the server begins to warn at start: time to get another.</summary>
    private static readonly TimeSpan ExpiryNotice = TimeSpan.FromDays(30);

    private readonly FengsuiOptions _options;
    private readonly ServerCertificate? _certificate;
    private readonly ConnectionLimit _httpLimit;
    private volatile ConnectionDelegate _serveMqtt = TurnAway;
    private ListenOptions? _mqtt;
    private ListenOptions? _mqtts;
    private ListenOptions? _http;

    public Listeners(LoadedConfiguration configuration)
    {
        _options = configuration.Options;
        _httpLimit = new ConnectionLimit(_options.Http.MaxConnections);
        if (_options.Server.Tls.IsConfigured)
            _certificate = ServerCertificate.Load(_options.Server.Tls, configuration.ConfigDirectory);
    }

    public void Configure(KestrelServerOptions kestrel)
    {
        var server = _options.Server;
        kestrel.Listen(server.Bind, server.MqttPort, listen => _mqtt = Mqtt(listen));
        if (_certificate is not null)
        {
            kestrel.Listen(server.Bind, server.MqttsPort, listen => _mqtts = Mqtt(WithTls(listen)));
        }

        kestrel.Listen(server.Bind, server.HttpPort, listen =>
        {
            _http = listen;
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(_httpLimit.Wrap);
            if (server.Tls.Http)
                WithTls(listen);
        });
    }

    /// <summary>From here on connections reach the data path; until then they are closed at once, and clients try again.</summary>
    public void Admit(ConnectionDelegate serveMqtt) => _serveMqtt = serveMqtt;

    public BoundEndPoints Bound() =>
        new(_mqtt!.IPEndPoint!, _mqtts?.IPEndPoint, _http!.IPEndPoint!, _options.Server.Tls.Http ? "https" : "http");

    public void WarnOfExpiry(ILogger logger, DateTimeOffset now)
    {
        if (_certificate is { Leaf: var leaf } && leaf.NotAfter.ToUniversalTime() < now + ExpiryNotice)
            Log.CertificateExpires(logger, leaf.Subject, leaf.NotAfter.ToUniversalTime());
    }

    public void Dispose() => _certificate?.Dispose();

    private static Task TurnAway(ConnectionContext connection)
    {
        Instruments.MqttTurnedAway.Add(1);
        return Task.CompletedTask;
    }

    private ListenOptions Mqtt(ListenOptions listen)
    {
        // No HTTP protocol, so that TLS announces none (ALPN) to MQTT clients.
        listen.Protocols = HttpProtocols.None;
        listen.Run(connection => _serveMqtt(connection));
        return listen;
    }

    private ListenOptions WithTls(ListenOptions listen) => listen.UseHttps(https =>
    {
        https.ServerCertificate = _certificate!.Leaf;
        https.ServerCertificateChain = _certificate.Chain;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.HandshakeTimeout = _options.Mqtt.ConnectTimeout;
    });
}
