using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fengsui.Api.Configuration.Sections;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fengsui-tls-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task With_a_certificate_mqtt_is_served_over_tls_to_clients_that_ask_for_the_protocol_mqtt()
    {
        WriteCertificate();
        await using var server = await TestServer.StartAsync($"server: {{tls: {{certificate: {_directory}/server.pem, key: {_directory}/server.key}}}}");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host.EndPoints!.Mqtts!);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=localhost");

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [new SslApplicationProtocol("mqtt")],
        });
        await tls.WriteAsync("echo"u8.ToArray());
        var answer = new byte[4];
        await tls.ReadExactlyAsync(answer);

        Assert.Equal("echo"u8.ToArray(), answer);
    }

    [Fact]
    public void A_key_with_a_password_is_opened_by_the_password_file()
    {
        WriteCertificate("secret");
        File.WriteAllText(Path.Combine(_directory, "password"), "secret\n");
        var tls = new TlsSection { Certificate = "server.pem", Key = "server.key", PasswordFile = "password" };

        using var certificate = ServerCertificate.Load(tls, _directory);

        Assert.True(certificate.Leaf.HasPrivateKey);
    }

    [Fact]
    public void A_wrong_password_is_the_operators_mistake_and_is_not_shown()
    {
        WriteCertificate("secret");
        File.WriteAllText(Path.Combine(_directory, "password"), "wrong-password\n");
        var tls = new TlsSection { Certificate = "server.pem", Key = "server.key", PasswordFile = "password" };

        var mistake = Assert.Throws<OperatorMistakeException>(() => ServerCertificate.Load(tls, _directory));

        Assert.StartsWith($"cannot use the certificate {_directory}/server.pem", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", mistake.Message, StringComparison.Ordinal);
    }

    private void WriteCertificate(string? password = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        File.WriteAllText(Path.Combine(_directory, "server.pem"), certificate.ExportCertificatePem());
        var pem = password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllText(Path.Combine(_directory, "server.key"), pem);
    }
}
