using System.Security.Cryptography.X509Certificates;

namespace Fengsui.Api.Delivery;

/// <summary>Trust in the authorities of one PEM file and in no other.</summary>
internal static class TrustedAuthorities
{
    public static X509ChainPolicy Of(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(path);
        return policy;
    }
}
