using System.Globalization;
using System.Text;

namespace Fengsui.Api.Metrics;

/// <summary>Tags of a measurement as the label text of the exposition format: <c>cause="bad_utf8",protocol="mqtt"</c>, sorted by name.</summary>
internal static class Labels
{
    public static string Format(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return string.Empty;
        }

        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            sorted[MetricName.Label(name)] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"");
            AppendEscaped(text, value);
            text.Append('"');
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }
    }
}
