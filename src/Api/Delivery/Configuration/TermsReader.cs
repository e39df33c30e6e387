using System.Security.Cryptography;
using System.Text;
using Fengsui.Api.Configuration.Binding;
using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Delivery.Configuration;

/// <summary>Reads what receivers over a network have in common.</summary>
internal static class TermsReader
{
    private const int MaxInFlight = 64;
    private const long MaxTimeoutMs = 600_000;
    private const long DayMs = 86_400_000;

    public static ReceiverTerms Read(YamlMap map, ReceiverTerms defaults) => defaults with
    {
        Timeout = Duration(map, "timeout", defaults.Timeout, 100, MaxTimeoutMs),
        MaxInFlight = map.Integer("in_flight", defaults.MaxInFlight, 1, MaxInFlight),
        GiveUpAfter = Duration(map, "give_up_after", defaults.GiveUpAfter, 0, DayMs),
        RetryMaximum = Duration(map, "retry_max", defaults.RetryMaximum, 100, DayMs),
    };

    public static TimeSpan Duration(YamlMap map, string key, TimeSpan otherwise, long minMs, long maxMs) =>
        TimeSpan.FromMilliseconds(map.DurationMs(key, (long)otherwise.TotalMilliseconds, minMs, maxMs));

    /// <summary>The file of <c>ca_file</c>; null when none is named, or, with a diagnostic, when it holds no certificate.</summary>
    public static string? Authority(YamlMap map, SecretReader secrets)
    {
        if (secrets.PathOf(map, "ca_file") is not { } path || !File.Exists(path))
        {
            return null;
        }

        try
        {
            if (TrustedAuthorities.Of(path).CustomTrustStore.Count > 0)
            {
                return path;
            }
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Told below.
        }

        map.Diagnostics.Error(map.SpotOf("ca_file"), DiagnosticCodes.InvalidValue, "'ca_file' holds no certificate", "a file in PEM form");
        return null;
    }

    /// <summary>Another certificate under the same name is a changed receiver, too.</summary>
    public static string? TextOf(string? authorityFile) => authorityFile is null ? null : File.ReadAllText(authorityFile);

    /// <summary>A changed secret is a changed receiver; the digest is kept in memory only.</summary>
    public static string WithSecrets(string fingerprint, params ReadOnlySpan<string?> secrets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var secret in secrets)
        {
            hash.AppendData(Encoding.UTF8.GetBytes((secret ?? "") + "\n"));
        }

        return fingerprint + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
