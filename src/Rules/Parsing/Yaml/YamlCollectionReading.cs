namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>The getters of <see cref="YamlMap"/> for lists and mappings.</summary>
public static class YamlCollectionReading
{
    /// <summary>A mapping below this one; null when absent or wrong.</summary>
    public static YamlMap? Map(this YamlMap map, string key, string what) =>
        map.Node(key) is { } node ? YamlMap.Of(node, what, map.Diagnostics) : null;

    /// <summary>A list of mappings; those that are none are reported and left out.</summary>
    public static IReadOnlyList<YamlMap> Maps(this YamlMap map, string key, string what) => Maps(map, key, what, map.Node(key));

    public static IReadOnlyList<YamlMap> RequiredMaps(this YamlMap map, string key, string what) => Maps(map, key, what, map.RequiredNode(key));

    /// <summary>A list of texts; empty when absent.</summary>
    public static IReadOnlyList<string> Strings(this YamlMap map, string key) => Texts(map, key, map.Node(key), allowSingle: false);

    /// <summary>One text or a list of texts; empty when absent.</summary>
    public static IReadOnlyList<string> StringOrList(this YamlMap map, string key) => Texts(map, key, map.Node(key), allowSingle: true);

    /// <summary>A mapping of texts to texts, in the order of the file; empty when absent.</summary>
    public static IReadOnlyList<KeyValuePair<string, YamlScalar>> StringMap(this YamlMap map, string key)
    {
        if (map.Map(key, $"'{key}'") is not { } below)
        {
            return [];
        }

        var result = new List<KeyValuePair<string, YamlScalar>>();
        foreach (var name in below.Keys)
        {
            if (below.RequiredScalar(name.Text) is { } value)
            {
                result.Add(new(name.Text, value));
            }
        }

        return result;
    }

    /// <summary>A mapping of names to one text or a list of texts, in the order of the file; empty when absent.</summary>
    public static IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> StringListMap(this YamlMap map, string key)
    {
        if (map.Map(key, $"'{key}'") is not { } below)
        {
            return [];
        }

        return [.. below.Keys.Select(name => new KeyValuePair<string, IReadOnlyList<string>>(
            name.Text, Texts(below, name.Text, below.RequiredNode(name.Text), allowSingle: true)))];
    }

    private static List<YamlMap> Maps(YamlMap map, string key, string what, YamlNode? node)
    {
        var result = new List<YamlMap>();
        foreach (var item in Items(map, key, node, "a list"))
        {
            if (YamlMap.Of(item, what, map.Diagnostics) is { } below)
            {
                result.Add(below);
            }
        }

        return result;
    }

    private static List<string> Texts(YamlMap map, string key, YamlNode? node, bool allowSingle)
    {
        if (allowSingle && node is YamlScalar single)
        {
            return [single.Text];
        }

        var result = new List<string>();
        foreach (var item in Items(map, key, node, allowSingle ? "a text or a list of texts" : "a list of texts"))
        {
            if (YamlScalarReading.AsScalar(map, key, item, "a text") is { } scalar)
            {
                result.Add(scalar.Text);
            }
        }

        return result;
    }

    private static IReadOnlyList<YamlNode> Items(YamlMap map, string key, YamlNode? node, string expected)
    {
        if (node is YamlSequence list)
        {
            return list.Items;
        }

        if (node is not null)
        {
            map.Diagnostics.Error(node.Spot, DiagnosticCodes.WrongType, $"'{key}' is {node.Kind}", expected);
        }

        return [];
    }
}
