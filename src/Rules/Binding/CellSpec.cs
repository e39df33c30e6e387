using Fengsui.Rules.Evaluation.Cells;

namespace Fengsui.Rules.Binding;

/// <summary>A call of a function with memory, checked.</summary>
/// <param name="Canonical">Function and parameters: with the canonical texts of the arguments it says all that its value depends on.</param>
/// <param name="Written">As it stands in the rule; names its value in alerts.</param>
/// <param name="Arguments">What it is fed with.</param>
/// <param name="Create">Makes the cell of one program.</param>
internal sealed record CellSpec(string Canonical, string Written, IReadOnlyList<BoundNode> Arguments, Func<Cell> Create)
{
    public override string ToString() => $"{{{Canonical} {string.Join(' ', Arguments)}}}";
}
