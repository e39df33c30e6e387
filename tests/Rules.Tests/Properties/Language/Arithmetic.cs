namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Also a sign and the magnitude, with one operand.</summary>
internal sealed class Arithmetic(string sign, params Node[] operands) : Node(operands)
{
    public override string Text => sign switch
    {
        "abs" => $"abs({Children[0].Text})",
        "negate" => $"(-({Children[0].Text}))",
        _ => $"({Children[0].Text} {sign} {Children[1].Text})",
    };

    public override double? Value(View view)
    {
        var values = Values(view);
        var result = sign switch
        {
            "abs" => values[0] is { } x ? Math.Abs(x) : null,
            "negate" => -values[0],
            "+" => values[0] + values[1],
            "-" => values[0] - values[1],
            "*" => values[0] * values[1],
            _ => values[0] / values[1],
        };
        return result is { } known && double.IsFinite(known) ? known : null;
    }
}
