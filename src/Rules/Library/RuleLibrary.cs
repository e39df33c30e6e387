using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Library;

/// <summary>What the rules of one rule set lean on beside themselves: what is known of metrics.</summary>
/// <param name="isState">Whether a metric holds until it changes, rather than being a sample of something that moves on.</param>
/// <param name="unitOf">The unit in which a metric is reported; null when nobody said.</param>
internal sealed class RuleLibrary(Func<string, bool> isState, Func<string, Unit?> unitOf)
{
    /// <summary>What the names of metrics say by themselves.</summary>
    public static RuleLibrary Empty { get; } = new(StateMetrics.Contains, UnitTable.NaturalUnitOf);

    public bool IsState(string metric) => isState(metric);

    public Unit? UnitOf(string metric) => unitOf(metric);
}
