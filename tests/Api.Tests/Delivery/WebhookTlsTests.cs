using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fengsui.Api.Delivery.Webhooks;
using Fengsui.Devices.Alerts.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Fengsui.Api.Tests.Delivery;

/// <summary>An alert is told to whom the certificate says, or to nobody.</summary>
public sealed class WebhookTlsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fengsui-hook-tls-");
    private WebApplication _app = null!;
    private int _requests;

    private string Trusted => Path.Combine(_directory.FullName, "trusted.pem");

    [Fact]
    public async Task The_right_authority_and_name_are_trusted() => Assert.Equal(DeliveryVerdict.Taken, (await TellAsync("127.0.0.1", Trusted)).Verdict);

    [Fact]
    public async Task Another_authority_another_name_or_none_but_the_systems_are_not_and_the_answer_says_why()
    {
        var other = Path.Combine(_directory.FullName, "other.pem");
        await File.WriteAllTextAsync(other, Certificate("127.0.0.1").ExportCertificatePem());
        foreach (var (host, authority) in new[] { ("127.0.0.1", other), ("127.0.0.1", null), ("localhost", Trusted) })
        {
            var answer = await TellAsync(host, authority);
            Assert.Equal(DeliveryVerdict.Unavailable, answer.Verdict);
            Assert.Contains("certificate", answer.Detail, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(0, _requests);
    }

    [Fact]
    public void A_file_without_a_certificate_is_the_operators_mistake()
    {
        File.WriteAllText(Trusted, "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n");
        foreach (var receiver in (string[])["type: webhook, url: 'https://x/'", "type: email, server: 'smtp://x', from: a@b, to: c@d"])
        {
            var mistake = Assert.Single(ReceiverFiles.Read($"receivers: [{{ name: a, {receiver}, ca_file: '{Trusted}' }}]\nroutes: [{{ receivers: a }}]").Diagnostics);
            Assert.Contains("'ca_file' holds no certificate", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_certificate_under_the_same_name_is_another_receiver()
    {
        string Fingerprint() => ReceiverFiles.Read($"receivers: [{{ name: a, type: webhook, url: 'https://x/', ca_file: '{Trusted}' }}]\nroutes: [{{ receivers: a }}]").Receivers[0].Fingerprint;
        var before = Fingerprint();
        Assert.Equal(before, Fingerprint());
        File.WriteAllText(Trusted, Certificate("127.0.0.1").ExportCertificatePem());
        Assert.NotEqual(before, Fingerprint());
    }

    public async Task InitializeAsync()
    {
        var certificate = Certificate("127.0.0.1");
        await File.WriteAllTextAsync(Trusted, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate })));
        _app = builder.Build();
        _app.Run(_ =>
        {
            Interlocked.Increment(ref _requests);
            return Task.CompletedTask;
        });
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task<DeliveryAnswer> TellAsync(string host, string? authorityFile)
    {
        var url = new UriBuilder("https", host, new Uri(_app.Urls.First()).Port).Uri;
        await using var receiver = new WebhookReceiver(new WebhookOptions { Url = url, Mode = WebhookMode.Structured, Terms = new ReceiverTerms(), AuthorityFile = authorityFile }, TimeProvider.System);
        return await receiver.SendAsync([Notices.Firing()], CancellationToken.None);
    }

    private static X509Certificate2 Certificate(string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + address, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
