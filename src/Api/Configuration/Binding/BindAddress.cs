using System.Net;

namespace Fengsui.Api.Configuration.Binding;

/// <summary>Addresses to listen on, in the ways people write them.</summary>
internal static class BindAddress
{
    public static bool TryParse(string text, out IPAddress address)
    {
        switch (text)
        {
            case "localhost":
                address = IPAddress.Loopback;
                return true;
            case "*":
                address = IPAddress.Any;
                return true;
            default:
                // IPAddress takes "1" for 0.0.0.1 and "0x7f000001" for 127.0.0.1; a mistyped port must not become an address.
                var isAddress = IPAddress.TryParse(text, out var parsed);
                address = parsed ?? IPAddress.None;
                return isAddress && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);
        }
    }
}
