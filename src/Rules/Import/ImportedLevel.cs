using Fengsui.Rules.Model;

namespace Fengsui.Rules.Import;

/// <summary>One tier of an imported rule.</summary>
/// <param name="ForMs">0: at once.</param>
internal sealed record ImportedLevel(Tier Tier, string Expression, long ForMs)
{
    public string? Clear { get; init; }
}
