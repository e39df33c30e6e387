using System.Text.RegularExpressions;

namespace Fengsui.Rules.Testing;

/// <summary>The name of a series as <c>temperature{device="wh-1"}</c>.</summary>
internal static partial class SeriesName
{
    public const string Expected = "metric{device=\"id\"}, such as temperature{device=\"wh-1\"}";

    public static bool TryParse(string text, out string metric, out string device)
    {
        var match = Pattern().Match(text);
        metric = match.Groups["metric"].Value;
        device = match.Groups["device"].Value;
        return match.Success;
    }

    [GeneratedRegex("""^\s*`?(?<metric>[^`{}"\s][^`{}"]*?)`?\s*\{\s*device\s*=\s*"(?<device>[^"]+)"\s*\}\s*$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
