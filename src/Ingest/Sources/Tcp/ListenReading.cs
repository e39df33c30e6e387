using System.Net;
using Fengsui.Rules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Sources.Tcp;

/// <summary>Reads where a source listens from its section: the keys <c>listen</c>, <c>max_connections</c> and <c>idle_timeout</c>.</summary>
internal static class ListenReading
{
    private const string Expected = "an address and a port, such as 127.0.0.1:8808";

    /// <summary>One terminal, or station, holds one connection; a park has some thousands.</summary>
    private const int DefaultMaxConnections = 5_000;
    private const int MostConnections = 100_000;

    /// <summary>Twice the longest heartbeat in use, and a bit: 5 min.</summary>
    private const long DefaultIdleMs = 600_000;
    private const long ShortestIdleMs = 1_000;
    private const long LongestIdleMs = 24 * 3_600_000;

    /// <summary>Null, with the mistakes, when it cannot listen.</summary>
    public static TcpSourceOptions? Listen(this YamlMap map, string protocol, string? name)
    {
        var text = map.RequiredString("listen");
        var connections = map.Integer("max_connections", DefaultMaxConnections, 1, MostConnections);
        var idleMs = map.DurationMs("idle_timeout", DefaultIdleMs, ShortestIdleMs, LongestIdleMs);
        if (text is null)
        {
            return null;
        }

        if (!TryEndPoint(text, out var address))
        {
            map.Diagnostics.Error(map.SpotOf("listen"), DiagnosticCodes.InvalidValue, $"'{text}' is nothing to listen on", Expected);
            return null;
        }

        return name is null ? null : new TcpSourceOptions(protocol, name, address, connections, TimeSpan.FromMilliseconds(idleMs));
    }

    /// <summary>True when only this machine can connect.</summary>
    public static bool IsLoopback(this TcpSourceOptions options) => IPAddress.IsLoopback(options.EndPoint.Address);

    private static bool TryEndPoint(string text, out IPEndPoint address)
    {
        address = null!;
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        var hasPort = ushort.TryParse(text.AsSpan(colon + 1), out var port);
        if (host == "localhost")
        {
            address = new IPEndPoint(IPAddress.Loopback, port);
        }
        else if (host == "*")
        {
            address = new IPEndPoint(IPAddress.Any, port);
        }
        else if (IPAddress.TryParse(host.Trim('[', ']'), out var parsed))
        {
            address = new IPEndPoint(parsed, port);
        }

        return hasPort && address is not null;
    }
}
