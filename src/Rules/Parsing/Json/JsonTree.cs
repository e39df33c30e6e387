using System.Text;
using System.Text.Json;
using Fengsui.Rules.Parsing.Yaml;
using YamlDotNet.Core;

namespace Fengsui.Rules.Parsing.Json;

/// <summary>Loads a JSON file as the nodes that rule files consist of, so that one set of readers and messages serves both. Never throws for what the file holds.</summary>
internal sealed class JsonTree
{
    private readonly string _file;
    private readonly string _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly JsonPlaces _places;
    private int _nodes;

    private JsonTree(string file, string source, byte[] bytes, DiagnosticBag diagnostics)
    {
        _file = file;
        _source = source;
        _diagnostics = diagnostics;
        _places = new JsonPlaces(file, bytes);
    }

    /// <summary>Null, with a diagnostic, when the text is not JSON or is beyond <see cref="YamlLimits"/>.</summary>
    public static YamlNode? Load(string file, string text, DiagnosticBag diagnostics)
    {
        var start = new SourceSpot(file, 1, 1);
        if (text.Length > YamlLimits.MaxTextLength)
        {
            diagnostics.Error(start, DiagnosticCodes.JsonLimit, "the file is too long", $"at most {YamlLimits.MaxTextLength} characters");
            return null;
        }

        var source = text.StartsWith('\uFEFF') ? text[1..] : text;
        var bytes = Encoding.UTF8.GetBytes(source);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 2 * YamlLimits.MaxDepth });
        var tree = new JsonTree(file, source, bytes, diagnostics);
        try
        {
            return tree.Read(ref reader);
        }
        catch (YamlLimitException limit)
        {
            diagnostics.Error(limit.Spot, DiagnosticCodes.JsonLimit, limit.Message, limit.Expected);
        }
        catch (JsonException mistake)
        {
            var line = (int)(mistake.LineNumber ?? 0);
            diagnostics.Error(tree._places.InLine(line, (int)(mistake.BytePositionInLine ?? 0)), DiagnosticCodes.JsonSyntax, Sentence(mistake.Message));
        }

        return null;
    }

    private YamlNode Read(ref Utf8JsonReader reader)
    {
        reader.Read();
        var root = ReadNode(ref reader);
        // What stands after the end is a mistake that only reading on finds.
        reader.Read();
        return root;
    }

    private YamlNode ReadNode(ref Utf8JsonReader reader)
    {
        var spot = _places.At((int)reader.TokenStartIndex);
        if (++_nodes > YamlLimits.MaxNodes)
        {
            throw new YamlLimitException(spot, "the file holds too many values", $"at most {YamlLimits.MaxNodes} values");
        }

        if (reader.CurrentDepth > YamlLimits.MaxDepth)
        {
            throw new YamlLimitException(spot, "objects and lists are nested too deeply", $"at most {YamlLimits.MaxDepth} levels");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, spot),
            JsonTokenType.StartArray => ReadArray(ref reader, spot),
            JsonTokenType.String => Text(spot, TextOf(ref reader), ScalarStyle.DoubleQuoted),
            _ => Text(spot, Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Plain),
        };
    }

    private YamlSequence ReadArray(ref Utf8JsonReader reader, SourceSpot spot)
    {
        var items = new List<YamlNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadNode(ref reader));
        }

        return new YamlSequence(spot, items);
    }

    private YamlMapping ReadObject(ref Utf8JsonReader reader, SourceSpot spot)
    {
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new Dictionary<string, SourceSpot>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = Text(_places.At((int)reader.TokenStartIndex), TextOf(ref reader), ScalarStyle.DoubleQuoted);
            reader.Read();
            var value = ReadNode(ref reader);
            if (seen.TryGetValue(key.Text, out var first))
            {
                _diagnostics.Error(key.Spot, DiagnosticCodes.DuplicateKey, $"the key '{key.Text}' is given twice; the first is in line {first.Line}");
            }
            else
            {
                seen.Add(key.Text, key.Spot);
                entries.Add(new(key, value));
            }
        }

        return new YamlMapping(spot, entries);
    }

    private YamlScalar Text(SourceSpot spot, string text, ScalarStyle style) => new(spot, text, style, _source, 0);

    /// <summary>An escape of half a character is a mistake of the file, which the reader reports otherwise.</summary>
    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var line = (end < 0 ? message : message[..end]).Trim().TrimEnd('.');
        return "this is not JSON: " + char.ToLowerInvariant(line[0]) + line[1..];
    }
}
