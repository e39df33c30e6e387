using System.Text.RegularExpressions;

namespace Fengsui.Rules.Import.Prometheus;

/// <summary>Says the places of an annotation in our language.</summary>
internal static partial class PromTemplate
{
    /// <summary>Null, with why, when a place cannot be said.</summary>
    /// <param name="input">What stands for <c>$value</c>; null when the rule reads no number.</param>
    public static string? Translate(string text, string? input, out string why)
    {
        var mistake = "";
        var result = Place().Replace(text, place =>
        {
            var inside = place.Groups["inside"].Value.Trim();
            var label = Label().Match(inside);
            if (label.Success)
            {
                return label.Groups["name"].Value switch
                {
                    "device" or "instance" => "{{ device }}",
                    "zone" => "{{ zone }}",
                    "alertname" => "{{ alert }}",
                    var name => $"{{{{ labels.{name} }}}}",
                };
            }

            if (input is not null && Value().IsMatch(inside))
            {
                return $"{{{{ value.{input} }}}}";
            }

            mistake = mistake.Length == 0 ? $"'{{{{ {inside} }}}}' cannot be filled in" : mistake;
            return place.Value;
        });
        why = mistake;
        return mistake.Length == 0 ? result : null;
    }

    [GeneratedRegex(@"\{\{-?(?<inside>.*?)-?\}\}", RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex(@"^\$labels\.(?<name>\w+)(\s*\|\s*(toUpper|toLower|title))?$")]
    private static partial Regex Label();

    /// <summary>The value, whichever way it is to be shown.</summary>
    [GeneratedRegex("""^(\$value(\s*\|\s*(humanize\w*|printf\s+"[^"]*"))*|printf\s+"[^"]*"\s+\$value)$""")]
    private static partial Regex Value();
}
