using System.Globalization;
using System.Text;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;

namespace Fengsui.Rules;

/// <summary>
/// A text with places to fill in: <c>{{ device }}</c>, <c>{{ zone }}</c>, <c>{{ tier }}</c>, <c>{{ tier_zh }}</c>,
/// <c>{{ alert }}</c>, <c>{{ value.METRIC }}</c> of a metric that the rule reads, <c>{{ labels.NAME }}</c>. Checked when the
/// rule file is read, so rendering cannot fail: a label that nobody has renders as nothing, an unknown value as "?".
/// </summary>
public sealed class AnnotationTemplate
{
    private const string ValuePrefix = "value.";
    private const string LabelPrefix = "labels.";
    private static readonly string[] Names = ["device", "zone", "tier", "tier_zh", "alert"];

    private readonly List<(string Text, bool IsPlace)> _parts = [];

    private AnnotationTemplate(string source) => Source = source;

    /// <summary>As written.</summary>
    public string Source { get; }

    public string Render(AnnotationContext context)
    {
        var text = new StringBuilder();
        foreach (var (part, isPlace) in _parts)
        {
            text.Append(isPlace ? Fill(part, context) : part);
        }

        return text.ToString();
    }

    /// <param name="metrics">What <c>value.</c> may name.</param>
    /// <param name="spotAt">The place in the file of a character of <paramref name="source"/>.</param>
    internal static AnnotationTemplate Parse(string source, IReadOnlyList<string> metrics, Func<int, SourceSpot> spotAt, DiagnosticBag diagnostics)
    {
        var template = new AnnotationTemplate(source);
        var at = 0;
        while (at < source.Length)
        {
            var open = source.IndexOf("{{", at, StringComparison.Ordinal);
            template.AddText(source[at..(open < 0 ? source.Length : open)]);
            if (open < 0)
            {
                break;
            }

            var close = source.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                diagnostics.Error(spotAt(open), DiagnosticCodes.Annotation, "'{{' is never closed", "'}}' after the name");
                break;
            }

            var name = source[(open + 2)..close].Trim();
            Check(name, metrics, spotAt(open), diagnostics);
            template._parts.Add((name, true));
            at = close + 2;
        }

        return template;
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add((text, false));
        }
    }

    private static void Check(string name, IReadOnlyList<string> metrics, SourceSpot spot, DiagnosticBag diagnostics)
    {
        if (name.StartsWith(ValuePrefix, StringComparison.Ordinal))
        {
            var metric = name[ValuePrefix.Length..];
            if (!metrics.Contains(metric))
            {
                var expected = metrics.Count == 0 ? "" : "one of " + string.Join(", ", metrics);
                diagnostics.Error(spot, DiagnosticCodes.Annotation, $"the rule does not read the metric '{metric}'{NearMiss.Hint(metric, metrics)}", expected);
            }
        }
        else if (!Names.Contains(name) && !(name.StartsWith(LabelPrefix, StringComparison.Ordinal) && name.Length > LabelPrefix.Length))
        {
            string[] known = [.. Names, .. metrics.Select(metric => ValuePrefix + metric)];
            diagnostics.Error(spot, DiagnosticCodes.Annotation, $"there is nothing called '{name}' to fill in{NearMiss.Hint(name, known)}", $"one of {string.Join(", ", known)}, labels.NAME");
        }
    }

    private static string Fill(string name, AnnotationContext context) => name switch
    {
        "device" => context.Device,
        "zone" => context.Zone,
        "tier" => context.Tier.Name(),
        "tier_zh" => context.Tier.ChineseName(),
        "alert" => context.Rule.Alert,
        _ when name.StartsWith(ValuePrefix, StringComparison.Ordinal) => Value(name[ValuePrefix.Length..], context),
        _ => Label(name[LabelPrefix.Length..], context),
    };

    private static string Label(string name, AnnotationContext context) =>
        context.Rule.Labels.TryGetValue(name, out var own) || context.Labels.TryGetValue(name, out own) ? own : "";

    /// <summary>Degrees with six digits: about 0.1 m.</summary>
    private static string Place(double packed)
    {
        var place = GeoPosition.Unpack(packed);
        return GeoPosition.IsUnknown(packed) ? "?" : string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.000000}, {place.Longitude:0.000000}");
    }

    /// <summary>Values stand in the order of <see cref="Rule.Inputs"/>.</summary>
    private static string Value(string metric, AnnotationContext context)
    {
        for (var i = 0; i < context.Values.Count && i < context.Rule.Inputs.Count; i++)
        {
            if (context.Rule.Inputs[i] == metric)
            {
                var value = context.Values[i];
                return PositionMetric.Is(metric) ? Place(value)
                    : double.IsNaN(value) ? "?"
                    : value.ToString("0.###", CultureInfo.InvariantCulture);
            }
        }

        return "?";
    }
}
