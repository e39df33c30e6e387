using Fengsui.Rules.Library;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Parsing;

/// <summary>Reads rule files into rules; groups, names and uniqueness. One rule is read by <see cref="RuleReader"/>.</summary>
internal sealed class RuleFileReader(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourceSpot> _seen = new(StringComparer.Ordinal);
    private readonly List<Rule> _rules = [];

    /// <summary>Ids of all rules, those with mistakes included.</summary>
    private readonly List<string> _written = [];

    /// <summary>
    /// The rules of all files, and what they lean on. Two passes: a rule may lean on a section of a file that stands after its own.
    /// </summary>
    public (IReadOnlyList<Rule> Rules, RuleLibrary Library) Read(IReadOnlyList<RuleFile> files)
    {
        var sections = new LibraryReader();
        var routes = new RouteFileReader(diagnostics);
        var maps = new List<(YamlMap File, bool HasSections)>();
        foreach (var file in files)
        {
            if (RouteFileReader.Takes(file))
            {
                routes.Read(file);
                continue;
            }

            // A file of comments alone is a rule file without rules.
            if (YamlDocument.Load(file.Path, file.Text, diagnostics) is { } root && YamlMap.Of(root, "a rule file", diagnostics) is { } map)
            {
                maps.Add((map, sections.Read(map)));
            }
        }

        var library = sections.Build(routes.Build());
        foreach (var (map, hasSections) in maps)
        {
            ReadGroups(map, hasSections, library);
        }

        CheckPatterns(library);
        return (_rules, library);
    }

    /// <summary>Overrides and maintenance windows name rules, which are known only now.</summary>
    private void CheckPatterns(RuleLibrary library)
    {
        foreach (var patterns in library.Overrides.Select(item => item.Rules).Concat(library.Maintenance.Select(window => window.Rules)).Concat(library.Noise.Inhibit.SelectMany(rule => rule.Patterns)))
        {
            patterns.Check(_written, diagnostics);
        }
    }

    private void ReadGroups(YamlMap file, bool hasSections, RuleLibrary library)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in hasSections ? file.Maps("groups", "a group") : file.RequiredMaps("groups", "a group"))
        {
            ReadGroup(group, names, library);
        }

        file.Finish();
    }

    private void ReadGroup(YamlMap group, HashSet<string> names, RuleLibrary library)
    {
        var name = RuleReader.NameOf(group, "name");
        if (name is not null && !names.Add(name))
        {
            diagnostics.Error(group.SpotOf("name"), DiagnosticCodes.DuplicateName, $"there is a group named '{name}' above in this file", "another name");
        }

        var labels = group.StringMap("labels");
        foreach (var item in group.RequiredMaps("rules", "a rule"))
        {
            if (item.Node("alert") is YamlScalar alert)
            {
                _written.Add(name + "/" + alert.Text);
            }

            // Reading goes on under a made-up name, so that the rules of a nameless group are checked too.
            if (new RuleReader(item, name ?? "?", labels, library).Read() is { } rule)
            {
                Add(rule);
            }
        }

        group.Finish();
    }

    private void Add(Rule rule)
    {
        if (_seen.TryGetValue(rule.Id, out var first))
        {
            diagnostics.Error(rule.Spot, DiagnosticCodes.DuplicateName, $"there is a rule '{rule.Id}' already, in {first.File}:{first.Line}", "another name");
            return;
        }

        _seen.Add(rule.Id, rule.Spot);
        _rules.Add(rule);
    }
}
