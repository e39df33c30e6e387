using System.Globalization;
using System.Text;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>Reads name templates of the configuration.</summary>
internal static class NameTemplateReader
{
    private const int MaxTopicLevel = 128;

    /// <summary>Says what the text within braces stands for in a form of payload; null when nothing.</summary>
    public delegate NamePart? Resolver(string variable);

    /// <summary>One template or a list of them, of which the first that a message can fill counts. Empty when the key is absent.</summary>
    public static IReadOnlyList<NameTemplate> ReadList(YamlMap map, string key, Resolver resolve, string expected)
    {
        var node = map.Node(key);
        IReadOnlyList<YamlNode> items = node is YamlSequence list ? list.Items : node is null ? [] : [node];
        var templates = new List<NameTemplate>();
        foreach (var item in items)
        {
            if (item is not YamlScalar scalar)
            {
                map.Diagnostics.Error(item.Spot, DiagnosticCodes.WrongType, $"'{key}' is {item.Kind}", expected);
            }
            else if (Read(scalar, map.Diagnostics, resolve, expected) is { } template)
            {
                templates.Add(template);
            }
        }

        return templates;
    }

    /// <summary>Null, with a diagnostic, when the text is no template.</summary>
    public static NameTemplate? Read(YamlScalar scalar, DiagnosticBag diagnostics, Resolver resolve, string expected)
    {
        var parts = new List<NamePart>();
        var text = scalar.Text;
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var literal = open < 0 ? text[at..] : text[at..open];
            if (literal.Length > 0)
            {
                parts.Add(new NamePart(NameVariable.Literal, Encoding.UTF8.GetBytes(literal)));
            }

            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0 || Resolve(text[(open + 1)..close], resolve) is not { } part)
            {
                var variable = close < 0 ? text[open..] : text[open..(close + 1)];
                diagnostics.Error(scalar.SpotAt(open), DiagnosticCodes.InvalidValue, $"'{variable}' stands for nothing here", expected);
                return null;
            }

            parts.Add(part);
            at = close + 1;
        }

        if (parts.Count > 0)
        {
            return new NameTemplate(text, parts);
        }

        diagnostics.Error(scalar.Spot, DiagnosticCodes.InvalidValue, "a name is blank", expected);
        return null;
    }

    private static NamePart? Resolve(string variable, Resolver resolve)
    {
        const string topic = "topic.";
        if (!variable.StartsWith(topic, StringComparison.Ordinal))
        {
            return resolve(variable);
        }

        var isLevel = int.TryParse(variable.AsSpan(topic.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var level);
        return isLevel && level is >= 1 and <= MaxTopicLevel ? new NamePart(NameVariable.TopicLevel, [], level) : null;
    }
}
