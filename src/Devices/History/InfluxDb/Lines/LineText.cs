using System.Buffers;
using System.Text;

namespace Fengsui.Devices.History.InfluxDb.Lines;

/// <summary>
/// The names of line protocol. Source: the line protocol reference of InfluxDB 1.8 and 2.7. A comma, a space and, but for
/// measurements, an equals sign are escaped by a backslash; a lone backslash stands for itself. What not every server takes
/// alike is replaced: control characters (a line ends at a line feed, escaped or not), and a backslash at the end, before
/// another one, or before what is escaped, which InfluxDB 1.x reads as a backslash and VictoriaMetrics as an escaped one, so
/// that it would drop the line and say nothing.
/// </summary>
internal static class LineText
{
    private const char FullWidthBackslash = '\uFF3C';
    private static readonly SearchValues<char> InMeasurement = SearchValues.Create(", ");
    private static readonly SearchValues<char> InName = SearchValues.Create(", =");

    public static byte[] Measurement(string text) => Escape(text.StartsWith('#') ? "_" + text : text, InMeasurement);

    /// <summary>A tag's key or value, or a field's key.</summary>
    public static byte[] Name(string text) => Escape(text, InName);

    /// <summary>Names that a server keeps for itself are given another; so is a field that is called like a tag.</summary>
    public static string FreeName(string name, IEnumerable<string> taken) =>
        name.Length == 0 ? "_" : name is "time" or "_field" or "_measurement" || taken.Contains(name) ? name + "_value" : name;

    /// <summary>The value of a text field: quotes and backslashes are escaped, a line feed becomes a space.</summary>
    public static byte[] Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 8).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(char.IsControl(c) ? ' ' : c);
        }

        return Encoding.UTF8.GetBytes(quoted.Append('"').ToString());
    }

    private static byte[] Escape(string text, SearchValues<char> special)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c))
            {
                c = '\uFFFD';
            }
            else if (c == '\\' && (i == text.Length - 1 || text[i + 1] == '\\' || special.Contains(text[i + 1])))
            {
                c = FullWidthBackslash;
            }
            else if (special.Contains(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return Encoding.UTF8.GetBytes(escaped.ToString());
    }
}
