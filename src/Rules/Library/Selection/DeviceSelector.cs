using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Library.Selection;

/// <summary>Which devices, and which zones, an override or a maintenance window is for. What is not named does not matter; all that is must match.</summary>
/// <param name="Devices">Patterns of ids; empty for any device, and for the zone itself.</param>
/// <param name="Zones">Patterns of names.</param>
/// <param name="Profile">By type and labels.</param>
internal sealed record DeviceSelector(IReadOnlyList<NamePattern> Devices, IReadOnlyList<NamePattern> Zones, RuleSelector Profile)
{
    public bool IsEverything => Devices.Count == 0 && Zones.Count == 0 && Profile.IsEveryDevice;

    /// <summary>Reads the keys <c>device</c>, <c>zone</c>, <c>type</c> and <c>labels</c>, each one or a list.</summary>
    public static DeviceSelector Read(YamlMap map) =>
        new(PatternsOf(map, "device"), PatternsOf(map, "zone"), new RuleSelector(map.StringOrList("type"), map.StringListMap("labels")));

    public static IReadOnlyList<NamePattern> PatternsOf(YamlMap map, string key) =>
        [.. map.StringOrList(key).Select(text => new NamePattern(text))];

    /// <param name="device">Null for the zone itself.</param>
    public bool Matches(string? device, string zone, DeviceProfile profile) =>
        (Devices.Count == 0 || (device is not null && Devices.Any(pattern => pattern.Matches(device))))
        && (Zones.Count == 0 || Zones.Any(pattern => pattern.Matches(zone)))
        && Profile.Matches(profile);
}
