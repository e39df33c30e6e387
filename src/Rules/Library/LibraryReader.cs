using Fengsui.Rules.Library.Metrics;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library;

/// <summary>
/// The first pass over a rule set: what rules lean on, from all files, before any rule is bound. A new section is a new
/// <see cref="ILibrarySection"/> in the list here and a table in <see cref="RuleLibrary"/>.
/// </summary>
internal sealed class LibraryReader
{
    private readonly MetricsSection _metrics = new();
    private readonly SchedulesSection _schedules = new();
    private readonly ILibrarySection[] _sections;

    public LibraryReader() => _sections = [_metrics, _schedules];

    /// <summary>Reads the sections of one file. False when it has none.</summary>
    public bool Read(YamlMap file)
    {
        var hasAny = false;
        foreach (var section in _sections)
        {
            if (file.Has(section.Key))
            {
                section.Read(file);
                hasAny = true;
            }
        }

        return hasAny;
    }

    /// <summary>What all files said together.</summary>
    /// <param name="routes">Of the route files beside the rule files.</param>
    public RuleLibrary Build(RouteTable routes) => new() { Metrics = _metrics.Build(), Schedules = _schedules.Build(), Routes = routes };
}
