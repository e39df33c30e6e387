namespace Fengsui.Rules.Functions;

/// <summary>Functions without memory.</summary>
internal static class PlainFunctions
{
    public static IEnumerable<RuleFunction> All { get; } = [new AbsFunction(), new AtLeastFunction(), new KnownFunction(), new OneOfFunction(), new SetPointFunction()];
}
