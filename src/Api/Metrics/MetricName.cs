using System.Text;

namespace Fengsui.Api.Metrics;

/// <summary>
/// OpenTelemetry instrument names and units in the conventions of Prometheus, as OpenTelemetry's own exporter translates
/// them: <c>fengsui.journal.commit.duration</c> in <c>s</c> is <c>fengsui_journal_commit_duration_seconds</c>.
/// </summary>
internal static class MetricName
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["%"] = "percent",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
    };

    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = Sanitize(instrument, allowColon: true);
        name = WithSuffix(name, UnitWord(unit));
        return kind == MetricKind.Counter ? WithSuffix(name, "total") : name;
    }

    public static string Label(string name) => Sanitize(name, allowColon: false);

    private static string UnitWord(string? unit)
    {
        // "{message}" and "1" say what is counted, not how it is measured.
        if (string.IsNullOrEmpty(unit) || unit == "1" || unit[0] == '{')
        {
            return string.Empty;
        }

        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return Units.GetValueOrDefault(unit, Sanitize(unit, allowColon: false));
        }

        var per = unit[(slash + 1)..] switch { "s" => "second", "min" => "minute", "h" => "hour", var other => other };
        return WithSuffix(UnitWord(unit[..slash]), "per_" + Sanitize(per, allowColon: false)).TrimStart('_');
    }

    private static string WithSuffix(string name, string suffix) =>
        suffix.Length == 0 || name.EndsWith("_" + suffix, StringComparison.Ordinal) ? name : $"{name}_{suffix}";

    private static string Sanitize(string text, bool allowColon)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            var valid = char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':');
            name.Append(valid ? c : '_');
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        return name.ToString();
    }
}
