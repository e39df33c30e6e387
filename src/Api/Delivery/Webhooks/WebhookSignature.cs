using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Api.Delivery.Webhooks;

/// <summary>
/// <c>Fengsui-Signature: t=SECONDS,v1=HEX</c>: HMAC-SHA256 over the decimal seconds since 1970, a full stop, and the body's bytes. The
/// receiver computes the same, compares in constant time, and refuses a time that is minutes away from its own.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Fengsui-Signature";

    public static string Of(ReadOnlySpan<byte> secret, long seconds, ReadOnlySpan<byte> body)
    {
        var time = seconds.ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
