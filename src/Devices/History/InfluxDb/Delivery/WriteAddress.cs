using System.Net.Http.Headers;
using System.Text;
using Fengsui.Devices.History.InfluxDb.Configuration;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>Where a generation of servers takes lines, and how one says who one is.</summary>
internal static class WriteAddress
{
    public static Uri Of(InfluxTargetOptions target)
    {
        var precision = target.Mapping.Precision;
        var (path, query) = target.Generation switch
        {
            InfluxGeneration.V2 => ("api/v2/write", Query(("org", target.Organisation), ("bucket", target.Bucket), ("precision", Short(precision)))),
            InfluxGeneration.V3 => ("api/v3/write_lp", Query(("db", target.Database), ("precision", Long(precision)), ("accept_partial", "true"))),

            // 1.x calls microseconds "u", and nanoseconds "n" or "ns" by version; leaving it out means nanoseconds everywhere.
            _ => ("write", Query(("db", target.Database), ("rp", target.RetentionPolicy), ("precision", First(precision)))),
        };
        return new Uri($"{target.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}{query}");
    }

    public static AuthenticationHeaderValue? Authorisation(InfluxTargetOptions target) =>
        target.Token is { } token ? new AuthenticationHeaderValue(target.Generation == InfluxGeneration.V2 ? "Token" : "Bearer", token)
        : target.User is { } user ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{target.Password}")))
        : null;

    private static string Query(params ReadOnlySpan<(string Key, string? Value)> parts)
    {
        var query = new StringBuilder();
        foreach (var (key, value) in parts)
        {
            if (value is { Length: > 0 })
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(key).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }

    private static string? First(TimePrecision precision) => precision switch
    {
        TimePrecision.Seconds => "s",
        TimePrecision.Milliseconds => "ms",
        TimePrecision.Microseconds => "u",
        _ => null,
    };

    private static string Short(TimePrecision precision) => precision switch
    {
        TimePrecision.Seconds => "s",
        TimePrecision.Milliseconds => "ms",
        TimePrecision.Microseconds => "us",
        _ => "ns",
    };

    private static string Long(TimePrecision precision) => precision switch
    {
        TimePrecision.Seconds => "second",
        TimePrecision.Milliseconds => "millisecond",
        TimePrecision.Microseconds => "microsecond",
        _ => "nanosecond",
    };
}
