using Fengsui.Rules;

namespace Fengsui.Devices.Engine;

/// <summary>What became of a submitted rule set. When not accepted, the one before stays in force, untouched.</summary>
/// <param name="Version">The version now in force; 0 when not accepted.</param>
public sealed record RuleSetOutcome(bool Accepted, int Version, IReadOnlyList<Diagnostic> Diagnostics);
