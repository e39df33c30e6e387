using Fengsui.Rules;

namespace Fengsui.Api.RuleTools;

/// <summary>What <c>fengsui rules check</c> found.</summary>
/// <param name="Files">How many were read.</param>
/// <param name="State">What the rules cost in memory, none when the files are no rule set.</param>
/// <param name="StateOfDevices">Bytes of all rules together, by how devices of the configuration are called; none without one.</param>
internal sealed record RuleCheckResult(
    int Files, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<RuleStateSize> State, IReadOnlyList<(string Devices, int Bytes)> StateOfDevices);
