using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fengsui.Rules.Parsing.Yaml;

/// <summary>Builds the node tree from YamlDotNet's events, within <see cref="YamlLimits"/>; reports duplicate keys.</summary>
internal sealed class YamlTreeBuilder(string file, string source, DiagnosticBag diagnostics)
{
    private readonly Parser _parser = new(new StringReader(source));
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);

    /// <summary>Where the latest thing that could be read begins.</summary>
    public SourceSpot LatestSpot { get; private set; } = new(file, 1, 1);

    public YamlNode? Build()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            diagnostics.Error(SpotOf(second), DiagnosticCodes.YamlSyntax, "a second document begins here", "one document in a file");
        }

        return root is YamlScalar { IsNull: true } ? null : root;
    }

    private YamlNode ReadNode(int depth)
    {
        var next = _parser.Current ?? throw new YamlException("the file ends here");
        LatestSpot = SpotOf(next);
        if (depth > YamlLimits.MaxDepth)
        {
            throw new YamlLimitException(SpotOf(next), "mappings and lists are nested too deeply", $"at most {YamlLimits.MaxDepth} levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias);
        }

        var anchor = next is NodeEvent { Anchor.IsEmpty: false } named ? named.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        YamlNode node = next switch
        {
            MappingStart => ReadMapping(depth),
            SequenceStart => ReadSequence(depth),
            _ => ReadScalar(),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw new YamlException(alias.Start, alias.End, $"there is no anchor named '{alias.Value.Value}' above");
        }

        return target ?? throw new YamlException(alias.Start, alias.End, $"the alias '{alias.Value.Value}' contains itself");
    }

    private YamlScalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlScalar(SpotOf(scalar), scalar.Value, scalar.Style, source, (int)scalar.Start.Index);
    }

    private YamlSequence ReadSequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        var weight = 1L;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode(depth + 1);
            weight = Weigh(weight, item);
            items.Add(item);
        }

        return new YamlSequence(SpotOf(start), items) { Weight = weight };
    }

    private YamlMapping ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new Dictionary<string, SourceSpot>(StringComparer.Ordinal);
        var weight = 1L;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            weight = Weigh(weight, value);
            if (key is not YamlScalar name)
            {
                diagnostics.Error(key.Spot, DiagnosticCodes.WrongType, $"a key is {key.Kind}", "a text");
            }
            else if (seen.TryGetValue(name.Text, out var first))
            {
                diagnostics.Error(name.Spot, DiagnosticCodes.DuplicateKey, $"the key '{name.Text}' is given twice; the first is in line {first.Line}");
            }
            else
            {
                seen.Add(name.Text, name.Spot);
                entries.Add(new(name, value));
            }
        }

        return new YamlMapping(SpotOf(start), entries) { Weight = weight };
    }

    private static long Weigh(long weight, YamlNode child)
    {
        weight += child.Weight;
        return weight <= YamlLimits.MaxNodes
            ? weight
            : throw new YamlLimitException(child.Spot, "the file holds too many nodes once its aliases are followed", $"at most {YamlLimits.MaxNodes} nodes");
    }

    private SourceSpot SpotOf(ParsingEvent item) => new(file, (int)item.Start.Line, (int)item.Start.Column);
}
