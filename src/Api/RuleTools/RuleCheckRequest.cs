namespace Fengsui.Api.RuleTools;

/// <summary>What <c>fengsui rules check</c> was asked.</summary>
/// <param name="Paths">Files and directories; empty: the rules of the configuration.</param>
/// <param name="Config">Null: <c>./config</c> when it is there.</param>
/// <param name="Data">Null: which metrics devices have reported is not known.</param>
internal sealed record RuleCheckRequest(IReadOnlyList<string> Paths, string? Config, string? Data, DateOnly AsOf, bool IsStrict);
