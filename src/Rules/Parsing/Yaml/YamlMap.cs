namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>
/// Reads the keys of one mapping and reports everything that is wrong with them. A key that was asked for is known;
/// <see cref="Finish"/> reports the others, so call it when the last key has been read. A getter returns its fallback
/// when the key is absent, null or wrong (the last with a diagnostic), so that reading goes on and finds every mistake.
/// </summary>
public sealed class YamlMap
{
    private readonly Dictionary<string, KeyValuePair<YamlScalar, YamlNode>> _entries = new(StringComparer.Ordinal);
    private readonly YamlMapping _mapping;
    private readonly List<string> _known = [];

    private YamlMap(YamlMapping mapping, string what, DiagnosticBag diagnostics)
    {
        _mapping = mapping;
        What = what;
        Diagnostics = diagnostics;
        foreach (var entry in mapping.Entries)
        {
            _entries[entry.Key.Text] = entry;
        }
    }

    /// <summary>What the mapping describes, with its article: "a rule". Used in messages.</summary>
    public string What { get; }

    public SourceSpot Spot => _mapping.Spot;

    public DiagnosticBag Diagnostics { get; }

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<YamlScalar> Keys => _mapping.Entries.Select(entry => entry.Key);

    /// <summary>Null, with a diagnostic, when the node is not a mapping.</summary>
    public static YamlMap? Of(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlMapping mapping)
        {
            return new YamlMap(mapping, what, diagnostics);
        }

        diagnostics.Error(node.Spot, DiagnosticCodes.WrongType, $"{what} is {node.Kind}", "a mapping of keys to values");
        return null;
    }

    /// <summary>Whether the key is written and not null. Makes it known.</summary>
    public bool Has(string key) => Node(key) is not null;

    /// <summary>The raw node; null when the key is absent or null. Makes the key known.</summary>
    public YamlNode? Node(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return _entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalar { IsNull: true } ? entry.Value : null;
    }

    /// <summary>As <see cref="Node"/>, with a diagnostic when there is none.</summary>
    public YamlNode? RequiredNode(string key)
    {
        var node = Node(key);
        if (node is null)
        {
            Diagnostics.Error(SpotOf(key), DiagnosticCodes.MissingKey, $"{What} needs the key '{key}'");
        }

        return node;
    }

    /// <summary>The place of the key's value; of the key when it has none; of the mapping when it is absent.</summary>
    public SourceSpot SpotOf(string key) =>
        !_entries.TryGetValue(key, out var entry) ? Spot
        : entry.Value is YamlScalar { IsNull: true } ? entry.Key.Spot
        : entry.Value.Spot;

    /// <summary>Reports each key that nobody asked for, with the nearest known one.</summary>
    public void Finish()
    {
        foreach (var (key, _) in _mapping.Entries)
        {
            if (!_known.Contains(key.Text))
            {
                var expected = _known.Count == 0 ? "no key" : "one of " + string.Join(", ", _known);
                Diagnostics.Error(key.Spot, DiagnosticCodes.UnknownKey, $"unknown key '{key.Text}' in {What}{NearMiss.Hint(key.Text, _known)}", expected);
            }
        }
    }
}
