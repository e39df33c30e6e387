using Fengsui.Rules;

namespace Fengsui.Devices.RuleSets;

/// <summary>A wish to change the rules, with who wishes it and why.</summary>
/// <param name="Origin">See <see cref="Records.RuleSetOrigins"/>.</param>
public sealed record RuleSetChange(IReadOnlyList<RuleFile> Files, string Author, string Origin)
{
    public string Comment { get; init; } = "";

    /// <summary>The version that the author had before them: when another is in force the change is refused. Null takes any.</summary>
    public int? BasedOn { get; init; }

    /// <summary>Of a change by the configuration directory: the fingerprint of what it holds, see <see cref="Records.RuleSetRecord.ConfigFingerprint"/>.</summary>
    public string ConfigFingerprint { get; init; } = "";

    /// <summary>
    /// Whether rules that are live may go: without it a change that leaves one out is refused, since files that are forgotten must not end alerts.
    /// </summary>
    public bool MayRemove { get; init; }

    /// <summary>The request that wishes it.</summary>
    public RuleSetCommand Command { get; init; } = RuleSetCommand.None;
}
