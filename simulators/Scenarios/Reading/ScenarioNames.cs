namespace Fengsui.Scenarios.Reading;

/// <summary>What a scenario's file has named so far, for what refers to it.</summary>
internal sealed class ScenarioNames
{
    /// <summary>Draws that give a number.</summary>
    public HashSet<string> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Draws that give a word, and the words that they may give.</summary>
    public Dictionary<string, IReadOnlyList<string>> Words { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Zones { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Devices { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Gateways { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>Devices, zones and draws of them.</summary>
    public IEnumerable<string> Subjects => Devices.Concat(Zones).Concat(Words.Keys);

    /// <summary>Devices, gateways and draws of them.</summary>
    public IEnumerable<string> Senders => Devices.Concat(Gateways).Concat(Words.Keys);
}
