using System.Security.Cryptography;
using System.Text;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Library;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Parsing;

/// <summary>Reads one rule.</summary>
internal sealed class RuleReader(YamlMap map, string group, IReadOnlyList<KeyValuePair<string, YamlScalar>> groupLabels, RuleLibrary library)
{
    /// <summary>Bound on the length of a group's or an alert's name.</summary>
    private const int MaxNameLength = 128;

    /// <summary>Bumped when the meaning of the same text changes, so that old state is not continued under it.</summary>
    private const string SemanticsVersion = "2";

    private static readonly KeyValuePair<string, UnknownPolicy>[] UnknownPolicies =
    [
        new("keep", UnknownPolicy.Keep), new("alarm", UnknownPolicy.Alarm), new("ignore", UnknownPolicy.Ignore),
    ];

    private static readonly KeyValuePair<string, bool>[] Scopes = [new("device", false), new("zone", true)];

    private readonly DiagnosticBag _diagnostics = map.Diagnostics;

    /// <summary>A name of a group or an alert; null, with a diagnostic, when there is none that could be used in an id.</summary>
    public static string? NameOf(YamlMap map, string key)
    {
        var name = map.RequiredString(key);
        if (name is null || (name.Length <= MaxNameLength && name == name.Trim() && !name.Any(c => c == '/' || char.IsControl(c))))
        {
            return name;
        }

        map.Diagnostics.Error(map.SpotOf(key), DiagnosticCodes.InvalidValue, $"'{key}' cannot be used as a name", $"at most {MaxNameLength} characters without '/', line breaks and spaces around them");
        return null;
    }

    /// <summary>Null, with diagnostics, when something is missing without which there is no rule.</summary>
    public Rule? Read()
    {
        var alert = NameOf(map, "alert");
        var selector = ReadSelector();
        var isZoneScope = map.Choice("scope", false, Scopes);
        var maxAgeMs = map.DurationMs("max_age", BindingContext.DefaultMaxAgeMs);
        var context = new BindingContext(library, maxAgeMs, isZoneScope, isZoneScope && !selector.IsEveryDevice ? selector : null);
        var levels = new LevelsReader(map, context).Read();
        var unknown = map.Choice("unknown", UnknownPolicy.Keep, UnknownPolicies);
        var disabled = map.Boolean("disabled", false);
        var shadow = map.Boolean("shadow", false);
        var labels = ReadLabels();
        var inputs = RuleInputs.Of(levels);
        var annotations = ReadAnnotations(inputs.Names, isComplete: levels.Count > 0);
        map.Finish();
        if (alert is null || levels.Count == 0)
        {
            return null;
        }

        return new Rule
        {
            Id = group + "/" + alert,
            Group = group,
            Alert = alert,
            Fingerprint = FingerprintOf(levels, unknown, maxAgeMs, context.Members),
            Selector = selector,
            Levels = levels,
            Unknown = unknown,
            Disabled = disabled,
            IsZoneScope = isZoneScope,
            Shadow = shadow,
            MaxAgeMs = maxAgeMs,
            Labels = labels,
            Annotations = annotations,
            Metrics = inputs.Metrics,
            Inputs = inputs.Names,
            InputUnits = inputs.UnitsIn(library),
            InputNodes = inputs.Nodes,
            Spot = map.SpotOf("alert"),
        };
    }

    private RuleSelector ReadSelector()
    {
        if (map.Map("select", "'select'") is not { } select)
        {
            return new RuleSelector([], []);
        }

        var selector = new RuleSelector(select.StringOrList("type"), select.StringListMap("labels"));
        select.Finish();
        return selector;
    }

    private SortedDictionary<string, string> ReadLabels()
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in groupLabels.Concat(map.StringMap("labels")))
        {
            labels[name] = value.Text;
        }

        return labels;
    }

    private SortedDictionary<string, AnnotationTemplate> ReadAnnotations(IReadOnlyList<string> metrics, bool isComplete)
    {
        // When an expression is wrong nobody knows which metrics it reads: complaints about them would mislead.
        var bag = isComplete ? _diagnostics : new DiagnosticBag();
        var annotations = new SortedDictionary<string, AnnotationTemplate>(StringComparer.Ordinal);
        foreach (var (name, value) in map.StringMap("annotations"))
        {
            annotations[name] = AnnotationTemplate.Parse(value.Text, metrics, value.SpotAt, bag);
        }

        return annotations;
    }

    private static string FingerprintOf(IReadOnlyList<RuleLevel> levels, UnknownPolicy unknown, long maxAgeMs, RuleSelector? members)
    {
        var text = new StringBuilder(SemanticsVersion).Append('\n').Append(unknown).Append(" age ").Append(maxAgeMs).Append(" of ").Append(members);
        foreach (var level in levels)
        {
            text.Append('\n').Append(level.Tier.Name()).Append(' ').Append(level.Condition).Append(" clear ").Append(level.Clear)
                .Append(" for ").Append(level.ForMs).Append(" gap ").Append(level.MaxGapMs).Append(" hold ").Append(level.HoldMs)
                .Append(level.IsLatched ? " latched" : "");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
