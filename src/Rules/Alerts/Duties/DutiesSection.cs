using Fengsui.Rules.Library;
using Fengsui.Rules.Library.Selection;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Alerts.Duties;

/// <summary><c>duties:</c> who has to see to alerts, and by when. What it leaves out stays as built in.</summary>
internal sealed class DutiesSection : ILibrarySection
{
    /// <summary>Bound on the enterprises of a rule set.</summary>
    public const int MaxEnterprises = 1_000;

    private const long LongestShelfMs = 24L * 3_600_000;

    private readonly List<Enterprise> _enterprises = [];
    private DutyPolicy _policy = DutyPolicy.Default;
    private SourceSpot? _first;

    public string Key => "duties";

    public DutyPolicy Build() => _policy;

    public void Read(YamlMap file)
    {
        if (_first is { } first)
        {
            file.Diagnostics.Error(file.SpotOf(Key), DiagnosticCodes.DuplicateName, $"there are duties already, in {first.File}:{first.Line}", "one 'duties' in all files");
        }

        _first ??= file.SpotOf(Key);
        if (file.Map(Key, "'duties'") is not { } map)
        {
            return;
        }

        var shelve = map.DurationMs("max_shelve", DutyPolicy.Default.MaxShelveMs, 1, LongestShelfMs);
        var tiers = map.Map("tiers", "'tiers' of duties") is { } below ? ReadTiers(below) : DutyPolicy.Default.Tiers;
        foreach (var enterprise in map.Maps("enterprises", "an enterprise"))
        {
            ReadEnterprise(enterprise);
        }

        if (_enterprises.Count > MaxEnterprises)
        {
            map.Diagnostics.Error(map.SpotOf("enterprises"), DiagnosticCodes.OutOfRange, $"there are {_enterprises.Count} enterprises", $"at most {MaxEnterprises}");
        }

        map.Finish();
        _policy = !ReferenceEquals(_policy, DutyPolicy.Default) ? _policy : new DutyPolicy { MaxShelveMs = shelve, Tiers = tiers, Enterprises = _enterprises };
    }

    private static TierDuty[] ReadTiers(YamlMap map)
    {
        TierDuty[] tiers =
        [
            .. DutyPolicy.Default.Tiers.Select(known => map.Map(known.Tier.Name(), "duties of a tier") is { } given ? TierDutyReader.Read(given, known) : known),
        ];
        map.Finish();
        return tiers;
    }

    private void ReadEnterprise(YamlMap map)
    {
        var name = map.RequiredString("name");
        var zones = DeviceSelector.PatternsOf(map, "zones");
        if (zones.Count == 0)
        {
            map.Diagnostics.Error(map.SpotOf("zones"), DiagnosticCodes.MissingKey, "an enterprise needs the key 'zones'", "names or patterns of zones");
        }

        map.Finish();
        if (name is null)
        {
            return;
        }

        if (_enterprises.Exists(known => known.Name == name))
        {
            map.Diagnostics.Error(map.SpotOf("name"), DiagnosticCodes.DuplicateName, $"there is an enterprise '{name}' already", "another name, or its zones in one place");
        }

        _enterprises.Add(new Enterprise(name, zones));
    }
}
