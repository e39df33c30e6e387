namespace Fengsui.Rules.Functions.Silence;

/// <summary>Functions about readings that do not come, or come without news.</summary>
internal static class SilenceFunctions
{
    public static IEnumerable<RuleFunction> All { get; } =
        [new AbsentFunction(), new StaleFunction(), new StuckFunction(), new AgeFunction(), new LastFunction()];
}
