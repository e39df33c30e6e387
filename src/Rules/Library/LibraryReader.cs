using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Alerts.Noise;
using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Library.Maintenance;
using Fengsui.Rules.Library.Metrics;
using Fengsui.Rules.Library.Overrides;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Library.Segregation;
using Fengsui.Rules.Library.SetPoints;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library;

/// <summary>
/// The first pass over a rule set: what rules lean on, from all files, before any rule is bound. A new section is a new
/// <see cref="ILibrarySection"/> in the list here and a table in <see cref="RuleLibrary"/>.
/// </summary>
internal sealed class LibraryReader
{
    private readonly MetricsSection _metrics = new();
    private readonly ReferenceTemperatureSection _reference = new();
    private readonly SetPointsSection _setPoints = new();
    private readonly OverridesSection _overrides = new();
    private readonly MaintenanceSection _maintenance = new();
    private readonly SegregationSection _segregation = new();
    private readonly SchedulesSection _schedules = new();
    private readonly DutiesSection _duties = new();
    private readonly NoiseSection _noise = new();
    private readonly ILibrarySection[] _sections;

    public LibraryReader() => _sections = [_metrics, _reference, _setPoints, _overrides, _maintenance, _segregation, _schedules, _duties, _noise];

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
    public RuleLibrary Build(RouteTable routes)
    {
        var setPoints = _setPoints.Build();
        var schedules = _schedules.Build();
        return new RuleLibrary
        {
            Metrics = _metrics.Build(),
            ReferenceCelsius = _reference.Celsius,
            SetPoints = setPoints,
            Overrides = _overrides.Build(setPoints),
            Maintenance = _maintenance.Build(schedules),
            Segregation = _segregation.Build(),
            Schedules = schedules,
            Duties = _duties.Build(),
            Noise = _noise.Build(),
            Routes = routes,
        };
    }
}
