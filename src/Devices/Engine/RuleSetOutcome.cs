using Fengsui.Devices.RuleSets;
using Fengsui.Rules;

namespace Fengsui.Devices.Engine;

/// <summary>What became of a submitted rule set. When not accepted, the one before stays in force, untouched.</summary>
/// <param name="Version">The version now in force; 0 when not accepted.</param>
public sealed record RuleSetOutcome(bool Accepted, int Version, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Against the version that was in force before; empty when nothing changed.</summary>
    public IReadOnlyList<RuleChange> Changes { get; init; } = [];

    /// <summary>Why it was not accepted though the files have no mistake; empty otherwise.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>Whether it was refused because another version was in force than its author knew.</summary>
    public bool IsConflict { get; init; }

    /// <summary>Whether another request came under the same key before.</summary>
    public bool IsReused { get; init; }

    internal static RuleSetOutcome Refused(string refusal, bool isConflict = false) => new(false, 0, []) { Refusal = refusal, IsConflict = isConflict };
}
