using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Compilation;

/// <summary>Whether an expression's value may change without a row of the device.</summary>
internal static class Timing
{
    /// <param name="nodes">The parts of the expression, those inside of others included.</param>
    public static bool IsTimed(IEnumerable<BoundNode> nodes) =>
        nodes.Any(node => node is IZoneNode || (node is ICellNode { Spec: var spec } && spec.Create().IsTimed));
}
