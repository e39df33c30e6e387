using System.Security.Cryptography;
using System.Text;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>Who may connect, by phone number. Immutable.</summary>
/// <param name="known">By phone.</param>
/// <param name="acceptUnknown">Takes any other phone too.</param>
/// <param name="deviceTemplate">The device of a phone that names none: <c>vehicle-{phone}</c>.</param>
/// <param name="secret">Codes of terminals without one of their own are derived from it; null when they need none.</param>
internal sealed class TerminalDirectory(
    IReadOnlyDictionary<string, Terminal> known, bool acceptUnknown, string deviceTemplate, byte[]? secret)
{
    public const string PhonePlaceholder = "{phone}";

    private const int CodeCharacters = 20;

    /// <summary>Null when it may not connect.</summary>
    /// <param name="phone">Digits without zeros in front.</param>
    public Terminal? Find(string phone)
    {
        if (known.TryGetValue(phone, out var terminal))
        {
            return terminal;
        }

        return acceptUnknown ? new Terminal(phone, DeviceOf(phone, deviceTemplate), CodeOf(phone, secret)) : null;
    }

    /// <summary>The id of a phone's device, UTF-8.</summary>
    public static byte[] DeviceOf(string phone, string template) =>
        Encoding.UTF8.GetBytes(template.Replace(PhonePlaceholder, phone, StringComparison.Ordinal));

    /// <summary>A code that nobody can tell from the phone alone, the same after every restart; empty without a secret.</summary>
    public static byte[] CodeOf(string phone, byte[]? secret) =>
        secret is null ? [] : Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(phone)))[..CodeCharacters]);
}
