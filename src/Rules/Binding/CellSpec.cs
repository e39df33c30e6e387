using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Binding;

/// <summary>A call of a function with memory, checked.</summary>
/// <param name="Canonical">Function and parameters: with the canonical texts of the arguments it says all that its value depends on.</param>
/// <param name="Written">As it stands in the rule; names its value in alerts.</param>
/// <param name="Arguments">What it is fed with.</param>
/// <param name="Create">Makes the cell of one program.</param>
internal sealed record CellSpec(string Canonical, string Written, IReadOnlyList<BoundNode> Arguments, Func<Cell> Create)
{
    /// <summary>Of its number; empty where nobody said.</summary>
    public string Unit { get; init; } = "";

    /// <summary>
    /// Makes it when it depends on the device's labels. What it depends on must stand among the arguments as a
    /// <see cref="ProfileNumberNode"/>, so that it is part of the cell's identity.
    /// </summary>
    public Func<DeviceProfile, Cell>? CreateFor { get; init; }

    public override string ToString() => $"{{{Canonical} {string.Join(' ', Arguments)}}}";
}
