using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>Which devices a rule is for. An empty list of types means any; every label must have one of its values.</summary>
public sealed class RuleSelector(
    IReadOnlyList<string> types,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> labels)
{
    public IReadOnlyList<string> Types { get; } = types;

    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Labels { get; } = labels;

    public bool Matches(DeviceProfile profile) =>
        (Types.Count == 0 || Types.Contains(profile.Type))
        && Labels.All(label => profile.Labels.TryGetValue(label.Key, out var value) && label.Value.Contains(value));
}
