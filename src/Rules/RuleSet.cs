using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Alerts.Duties;
using Fengsui.Rules.Alerts.Noise;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Compilation;
using Fengsui.Rules.Library;
using Fengsui.Rules.Library.Maintenance;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules;

/// <summary>A version of all rules: what a set of rule files says, checked as a whole.</summary>
public sealed class RuleSet
{
    private readonly Dictionary<string, int> _places;

    private RuleSet(IReadOnlyList<Rule> rules, RuleLibrary library, string fingerprint)
    {
        Rules = rules;
        Library = library;
        ZoneInputs = [.. rules.Where(rule => !rule.Disabled).SelectMany(InputsOf).DistinctBy(input => input.Canonical)];
        Aggregates = [.. ZoneInputs.OfType<ZoneAggregate>()];
        _places = ZoneInputs.Index().ToDictionary(input => input.Item.Canonical, input => input.Index, StringComparer.Ordinal);
        HasTimed = rules.Any(rule => !rule.Disabled && Timing.IsTimed(rule))
            || Aggregates.Any(aggregate => Timing.IsTimed(aggregate.Inner.All()));
        Fingerprint = fingerprint;
    }

    public static RuleSet Empty { get; } = new([], RuleLibrary.Empty, FingerprintOf([]));

    /// <summary>In the order of the files (by path) and within them; disabled ones included.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Names of all metrics that its rules read, of the device and through the zone; sorted.</summary>
    public IReadOnlyList<string> Metrics =>
        [.. Rules.SelectMany(rule => rule.Metrics).Concat(Aggregates.SelectMany(MetricsOf)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether any rule that is not disabled is about zones.</summary>
    public bool HasZoneRules => Rules.Any(rule => rule.IsZoneScope && !rule.Disabled);

    /// <summary>All that rules want to know of zones, each once, in the order of the rules.</summary>
    internal IReadOnlyList<ZoneInput> ZoneInputs { get; }

    /// <summary>What devices contribute to their zones under these rules, each once, in the order of the rules.</summary>
    internal IReadOnlyList<ZoneAggregate> Aggregates { get; }

    /// <summary>Whether any of it depends on time or on a zone, so that some devices want ticks.</summary>
    public bool HasTimed { get; }

    /// <summary>The windows during which rules rest, in the order of the files.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance => Library.Maintenance;

    /// <summary>Who has to see to alerts, and by when.</summary>
    public DutyPolicy Duties => Library.Duties;

    /// <summary>What receivers of alerts are spared.</summary>
    public NoisePolicy Noise => Library.Noise;

    /// <summary>Name of the unit in which a metric is reported; null when nobody said.</summary>
    public string? UnitOf(string metric) => Library.UnitOf(metric)?.Name;

    /// <summary>Filed corridors and pieces of ground, by id.</summary>
    public IReadOnlyList<RouteFacts> Routes => Library.Routes.Facts;

    /// <summary>What the rules lean on beside themselves.</summary>
    internal RuleLibrary Library { get; }

    /// <summary>Lower-case SHA-256 hex over the files' paths and texts; the order in which they were given does not matter.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads all files and reports all their mistakes. Never throws for what they hold.</summary>
    public static RuleSetResult Parse(IReadOnlyList<RuleFile> files)
    {
        RuleFile[] sorted = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        var diagnostics = new DiagnosticBag();
        var (rules, library) = new RuleFileReader(diagnostics).Read(sorted);
        var set = diagnostics.HasErrors ? null : new RuleSet(rules, library, HashOf(sorted));
        return new RuleSetResult(set, diagnostics.ToSortedList());
    }

    /// <summary>Where an input stands among <see cref="ZoneInputs"/>.</summary>
    internal int PlaceOf(ZoneInput input) => _places[input.Canonical];

    private static IEnumerable<ZoneInput> InputsOf(Rule rule) => rule.Nodes.SelectMany(node => node.All()).OfType<IZoneNode>().Select(node => node.Input);

    private static IEnumerable<string> MetricsOf(ZoneAggregate aggregate) => aggregate.Inner.All().OfType<MetricNode>().Select(metric => metric.Metric);

    /// <summary>The profile for which the program of a device is to be compiled: with the overrides and maintenance windows that are for it.</summary>
    public DeviceProfile ProfileOf(string device, string zone, DeviceProfile profile) => With(profile, device, zone);

    /// <summary>As <see cref="ProfileOf"/>, for the zone as the subject of rules.</summary>
    public DeviceProfile ProfileOfZone(string zone, DeviceProfile profile) => With(profile, null, zone);

    private DeviceProfile With(DeviceProfile profile, string? device, string zone)
    {
        var variant = Library.VariantOf(device, zone, profile);
        return ReferenceEquals(variant, ProfileVariant.None) ? profile : profile.With(variant);
    }

    /// <summary>What <see cref="Fingerprint"/> is, or would be, of these files, whether they have mistakes or not.</summary>
    public static string FingerprintOf(IReadOnlyList<RuleFile> files) => HashOf([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]);

    private static string HashOf(RuleFile[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            foreach (var part in (string[])[file.Path, file.Text])
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                hash.AppendData(BitConverter.GetBytes(bytes.Length));
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
