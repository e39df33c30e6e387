using System.Globalization;
using Fengsui.Api.Configuration;

namespace Fengsui.Api.Hosting;

/// <summary>
/// Keeps the bounds on connections within the open files that the system grants the process. The runtime does not survive
/// running out of them, so a bound that cannot be kept is lowered at start, and said, rather than found out under attack.
/// </summary>
internal static class OpenFileBudget
{
    /// <summary>For what is not a connection: libraries, journal segments, history groups, SQLite. Some 230 are open at start.</summary>
    private const int Reserved = 512;

    /// <summary>HTTP gets at most this part of what is left.</summary>
    private const int HttpPart = 8;

    private const string LimitsFile = "/proc/self/limits";
    private const string LimitName = "Max open files";

    /// <summary>Open files that the system grants; null where it does not say.</summary>
    public static long? Granted()
    {
        if (!File.Exists(LimitsFile) || Array.Find(File.ReadAllLines(LimitsFile), line => line.StartsWith(LimitName, StringComparison.Ordinal)) is not { } limit)
        {
            return null;
        }

        var soft = limit[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : null;
    }

    /// <summary>Lowers the bounds that do not fit; a sentence for the log when it did.</summary>
    public static string? Fit(FengsuiOptions options, long? granted)
    {
        if (granted is not { } files || options.Mqtt.MaxConnections + (long)options.Http.MaxConnections + Reserved <= files)
        {
            return null;
        }

        var connections = (int)Math.Max(2, files - Reserved);
        options.Http.MaxConnections = Math.Min(options.Http.MaxConnections, Math.Max(1, connections / HttpPart));
        options.Mqtt.MaxConnections = Math.Min(options.Mqtt.MaxConnections, connections - options.Http.MaxConnections);
        return $"the system grants {files} open files: mqtt.max_connections is lowered to {options.Mqtt.MaxConnections}, "
            + $"http.max_connections to {options.Http.MaxConnections}. Raise the limit (ulimit -n, LimitNOFILE=) for more";
    }
}
