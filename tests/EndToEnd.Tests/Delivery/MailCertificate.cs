using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Fengsui.EndToEnd.Tests.Delivery;

/// <summary>A certificate for <c>localhost</c> in <c>server.pem</c>, its key in <c>server.key</c>.</summary>
internal static class MailCertificate
{
    public static void Write(TestDirectory directory)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(directory["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(directory["server.key"], key.ExportPkcs8PrivateKeyPem());
    }
}
