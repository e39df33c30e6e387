namespace Fengsui.Rules.Model;

/// <summary>The wire and configuration names of <see cref="Tier"/>.</summary>
public static class TierNames
{
    private static readonly string[] Names = ["none", "general", "significant", "major", "cross-border"];
    private static readonly string[] ChineseNames = ["无", "一般", "较大", "重大", "跨境联动"];

    /// <summary>The names that a rule file may use, lowest tier first.</summary>
    public static IReadOnlyList<string> All { get; } = Names[1..];

    public static string Name(this Tier tier) => Names[(int)tier];

    public static string ChineseName(this Tier tier) => ChineseNames[(int)tier];

    public static bool TryParse(string text, out Tier tier)
    {
        var index = Array.IndexOf(Names, text, 1);
        tier = index > 0 ? (Tier)index : Tier.None;
        return index > 0;
    }
}
