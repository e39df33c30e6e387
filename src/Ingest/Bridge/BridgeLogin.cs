using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Bridge;

/// <summary>How the bridge shows itself to the outside broker, and how it knows the broker.</summary>
internal static class BridgeLogin
{
    /// <exception cref="IOException">The password or the authority cannot be read; they are tried again.</exception>
    public static MqttClientOptions Of(BridgeOptions options, string directory) => new()
    {
        Host = options.Host,
        Port = options.Port,
        Version = options.Version,
        ClientId = options.ClientId,
        UserName = options.User,
        Password = options.PasswordFile is { } file ? Encoding.UTF8.GetString(SecretFile.Read(directory, file)) : null,
        CleanStart = false,
        SessionExpiry = options.SessionExpiry,
        Tls = options.IsTls ? Tls(options, directory) : null,
    };

    private static SslClientAuthenticationOptions Tls(BridgeOptions options, string directory)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.AuthorityFile is { } file)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(Authority(Path.Combine(directory, file), file));
        }

        return tls;
    }

    private static X509Certificate2Collection Authority(string path, string name)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(path);
            return authority.Count > 0 ? authority : throw new IOException($"{name} holds no certificate");
        }
        catch (CryptographicException mistake)
        {
            throw new IOException($"{name} is not a PEM certificate: {mistake.Message}", mistake);
        }
    }
}
