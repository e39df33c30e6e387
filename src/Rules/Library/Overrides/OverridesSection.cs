using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Library.SetPoints;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Overrides;

/// <summary><c>overrides:</c> what is different for some devices. Where two of them are about the same thing the later one holds.</summary>
internal sealed class OverridesSection : ILibrarySection
{
    /// <summary>Bound on the overrides of a rule set: each is looked at for each device.</summary>
    public const int MaxOverrides = 4096;

    private static readonly KeyValuePair<string, bool?>[] YesOrNo = [new("true", true), new("false", false)];

    private readonly List<DeviceOverride> _overrides = [];
    private readonly List<(YamlScalar Table, DiagnosticBag Diagnostics)> _named = [];

    public string Key => "overrides";

    public void Read(YamlMap file)
    {
        foreach (var map in file.Maps(Key, "an override"))
        {
            if (_overrides.Count == MaxOverrides)
            {
                file.Diagnostics.Error(map.Spot, DiagnosticCodes.OutOfRange, "there are too many overrides", $"at most {MaxOverrides}; set-points by a label need none");
                return;
            }

            _overrides.Add(ReadOverride(map));
        }
    }

    /// <param name="tables">What the overrides may change.</param>
    public IReadOnlyList<DeviceOverride> Build(SetPointTables tables)
    {
        foreach (var (name, diagnostics) in _named)
        {
            if (tables.Find(name.Text) is null)
            {
                diagnostics.Error(name.Spot, DiagnosticCodes.UnknownName, $"there is no table of set-points '{name.Text}'{NearMiss.Hint(name.Text, tables.Names)}", tables.Expected);
            }
        }

        return _overrides;
    }

    private DeviceOverride ReadOverride(YamlMap map)
    {
        var result = new DeviceOverride
        {
            Selector = DeviceSelector.Read(map),
            Rules = RulePatterns.Read(map, "rule"),
            SetPoints = ReadSetPoints(map),
            Disabled = map.Choice("disabled", null, YesOrNo),
            ForMs = map.Has("for") ? map.DurationMs("for", 0) : null,
        };
        map.String("reason");
        map.Finish();
        Check(result, map);
        return result;
    }

    private Dictionary<string, double> ReadSetPoints(YamlMap map)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in map.Numbers("setpoints"))
        {
            values[name.Text] = value;
            _named.Add((name, map.Diagnostics));
        }

        return values;
    }

    private static void Check(DeviceOverride result, YamlMap map)
    {
        if (result.Selector.IsEverything)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "an override needs devices to be for", "'device', 'zone', 'type' or 'labels'");
        }

        var isAboutRules = map.Has("disabled") || map.Has("for");
        if (!isAboutRules && !map.Has("setpoints"))
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "this override changes nothing", "'setpoints', 'disabled' or 'for'");
        }

        if (isAboutRules && result.Rules.IsEvery)
        {
            map.Diagnostics.Error(map.Spot, DiagnosticCodes.MissingKey, "'disabled' and 'for' need the rules that they are about", "'rule' with group/alert, or a pattern such as group/*");
        }

        if (!isAboutRules && !result.Rules.IsEvery)
        {
            map.Diagnostics.Error(map.SpotOf("rule"), DiagnosticCodes.InvalidValue, "a set-point is the same for every rule that reads it", "'rule' together with 'disabled' or 'for' only");
        }
    }
}
