using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Alerts.Noise;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Library.Gases;
using Fengsui.Rules.Library.Maintenance;
using Fengsui.Rules.Library.Metrics;
using Fengsui.Rules.Library.Overrides;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Library.Schedules;
using Fengsui.Rules.Library.Segregation;
using Fengsui.Rules.Library.SetPoints;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Library;

/// <summary>What the rules of one rule set lean on beside themselves: what is known of metrics, and the sections and files beside the groups.</summary>
internal sealed class RuleLibrary
{
    private readonly OverrideIndex _index = new([]);

    public static RuleLibrary Empty { get; } = new();

    public MetricDeclarations Metrics { get; init; } = MetricDeclarations.Empty;

    public RouteTable Routes { get; init; } = RouteTable.Empty;

    public DutyPolicy Duties { get; init; } = DutyPolicy.Default;

    public NoisePolicy Noise { get; init; } = NoisePolicy.None;

    public ScheduleTable Schedules { get; init; } = ScheduleTable.Empty;

    /// <param name="device">Null for the zone itself.</param>
    public ProfileVariant VariantOf(string? device, string zone, DeviceProfile profile)
    {
        var overrides = _index.Find(device, zone, profile);
        int[] windows = [.. Enumerable.Range(0, Maintenance.Count).Where(place => Maintenance[place].Selector.Matches(device, zone, profile))];
        return overrides.Length + windows.Length == 0
            ? ProfileVariant.None
            : new ProfileVariant($"{string.Join(' ', overrides)}|{string.Join(' ', windows)}", Array.ConvertAll(overrides, place => Overrides[place]), Array.ConvertAll(windows, place => Maintenance[place]));
    }

    /// <summary>Whether a metric holds until it changes, rather than being a sample of something that moves on.</summary>
    public bool IsState(string metric) => Metrics.Find(metric)?.IsState ?? StateMetrics.Contains(metric);

    public SetPointTables SetPoints { get; init; } = SetPointTables.Empty;

    /// <summary>In the order of the files and within them: a later one holds before an earlier one.</summary>
    public IReadOnlyList<DeviceOverride> Overrides
    {
        get;
        init
        {
            field = value;
            _index = new OverrideIndex(value);
        }
    } = [];

    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>Null when no file holds one.</summary>
    public SegregationTable? Segregation { get; init; }

    /// <summary>°C at which a cubic metre of gas is meant.</summary>
    public double ReferenceCelsius { get; init; } = GasBasis.DefaultReferenceCelsius;

    /// <summary>The unit in which a metric is reported, with its gas when it is a concentration of a known one; null when nobody said.</summary>
    public Unit? UnitOf(string metric)
    {
        var declared = Metrics.Find(metric);
        var unit = declared?.Unit ?? UnitTable.NaturalUnitOf(metric) ?? (declared?.Gas is null ? null : UnitTable.Find("ppm"));
        var gas = declared?.Gas ?? GasTable.OfMetric(metric);
        return unit is { IsConcentration: true } && gas is not null ? unit with { Gas = new GasBasis(gas, ReferenceCelsius) } : unit;
    }
}
