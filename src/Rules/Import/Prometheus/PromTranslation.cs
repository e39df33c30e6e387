namespace Fengsui.Rules.Import.Prometheus;

/// <summary>A part of an expression in our language.</summary>
/// <param name="Text">As a rule writes it.</param>
/// <param name="IsCondition">It is true or false, rather than a number.</param>
/// <param name="Power">How tightly it binds: 1 or, 2 and, 3 not, 4 comparison, 5 sum, 6 product, 9 whole.</param>
internal sealed record PromTranslation(string Text, bool IsCondition, int Power)
{
    public const int Whole = 9;

    /// <summary>In parentheses where it would bind less tightly than what stands around it.</summary>
    public string Within(int power) => Power < power ? $"({Text})" : Text;
}
