using System.Net;

namespace Fengsui.Api.Security;

/// <summary>
/// The names under which this server answers. A page in the operator's browser can point a name of its own at 127.0.0.1
/// and so read an unprotected API (DNS rebinding); its requests carry that name in the Host header.
/// </summary>
public sealed class HostNames(bool isLoopback, IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);

    /// <summary>Beyond loopback keys protect the API, so any name is welcome there unless names were configured.</summary>
    public bool Accepts(HostString host)
    {
        if (!isLoopback && _allowed.Count == 0)
        {
            return true;
        }

        var name = host.Host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || _allowed.Contains(name)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
