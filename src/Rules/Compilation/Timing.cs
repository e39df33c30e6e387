using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Compilation;

/// <summary>Whether an expression's value may change without a row of the device.</summary>
internal static class Timing
{
    /// <param name="nodes">The parts of the expression, those inside of others included.</param>
    public static bool IsTimed(IEnumerable<BoundNode> nodes) =>
        nodes.Any(node => node is IZoneNode || (node is ICellNode { Spec: var spec } && spec.Create().IsTimed));

    /// <summary>
    /// Whether a rule's outcome may. A door is reported when it opens and never again: how long it has been open only time can tell.
    /// </summary>
    public static bool IsTimed(Rule rule)
    {
        var nodes = rule.Nodes.SelectMany(node => node.All()).ToList();
        var waits = rule.Levels.Any(level => level.ForMs > 0 || level.HoldMs > 0);
        return IsTimed(nodes) || (waits && nodes.Any(node => node is MetricNode { IsState: true }));
    }
}
