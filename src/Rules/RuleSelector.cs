using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>Which devices a rule is for. An empty list of types means any; every label must have one of its values.</summary>
public sealed class RuleSelector(
    IReadOnlyList<string> types,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> labels)
{
    public IReadOnlyList<string> Types { get; } = types;

    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Labels { get; } = labels;

    public bool IsEveryDevice => Types.Count == 0 && Labels.Count == 0;

    public bool Matches(DeviceProfile profile) =>
        (Types.Count == 0 || Types.Contains(profile.Type))
        && Labels.All(label => profile.Labels.TryGetValue(label.Key, out var value) && label.Value.Contains(value));

    /// <summary>Canonical: equal texts select the same devices.</summary>
    public override string ToString() =>
        string.Join(',', Types.Select(Quoted)) + "|" + string.Join(',', Labels.Select(label => Quoted(label.Key) + "=" + string.Join('/', label.Value.Select(Quoted))));

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
