using System.Text;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Ingest.Sources.Configuration;

/// <summary>What a YAML node says, without its layout and comments: equal texts mean equal configuration.</summary>
public static class CanonicalText
{
    public static string Of(params ReadOnlySpan<YamlNode?> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes)
        {
            Write(node, text);
        }

        return text.ToString();
    }

    private static void Write(YamlNode? node, StringBuilder text)
    {
        switch (node)
        {
            case YamlScalar scalar:
                // The length keeps a text from being read as structure.
                text.Append(scalar.IsPlain ? 'p' : 'q').Append(scalar.Text.Length).Append(':').Append(scalar.Text);
                break;
            case YamlSequence sequence:
                text.Append('[');
                foreach (var item in sequence.Items)
                {
                    Write(item, text);
                }

                text.Append(']');
                break;
            case YamlMapping mapping:
                text.Append('{');
                foreach (var (key, value) in mapping.Entries)
                {
                    Write(key, text);
                    Write(value, text);
                }

                text.Append('}');
                break;
            default:
                text.Append('~');
                break;
        }
    }
}
