using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Hosting;

/// <summary>The server's certificate with the chain that goes with it.</summary>
public sealed class ServerCertificate : IDisposable
{
    private ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        Leaf = leaf;
        Chain = chain;
    }

    public X509Certificate2 Leaf { get; }

    public X509Certificate2Collection Chain { get; }

    /// <exception cref="OperatorMistakeException">The files do not hold a certificate and its key, or the password is wrong.</exception>
    public static ServerCertificate Load(TlsSection tls, string configDirectory)
    {
        var file = Path.Combine(configDirectory, tls.Certificate!);
        try
        {
            var password = tls.PasswordFile is { } passwordFile
                ? File.ReadLines(Path.Combine(configDirectory, passwordFile)).FirstOrDefault()
                : null;
            return tls.Key is null ? FromPkcs12(file, password) : FromPem(file, Path.Combine(configDirectory, tls.Key), password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorMistakeException($"cannot use the certificate {file}: {e.Message}");
        }
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var certificate in Chain)
        {
            certificate.Dispose();
        }
    }

    private static ServerCertificate FromPkcs12(string file, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new CryptographicException("it holds no private key");
        all.Remove(leaf);
        return new ServerCertificate(leaf, all);
    }

    private static ServerCertificate FromPem(string file, string keyFile, string? password)
    {
        var leaf = password is null
            ? X509Certificate2.CreateFromPemFile(file, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(file, password, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        chain.RemoveAt(0);
        return new ServerCertificate(leaf, chain);
    }
}
