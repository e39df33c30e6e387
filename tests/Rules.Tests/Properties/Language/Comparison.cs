namespace Fengsui.Rules.Tests.Properties.Language;

internal sealed class Comparison(string sign, Node left, Node right) : Node(left, right)
{
    public static readonly string[] Signs = [">", ">=", "<", "<=", "==", "!="];

    public override string Text => $"{Children[0].Text} {sign} {Children[1].Text}";

    public override bool IsTruth => true;

    public override double? Value(View view)
    {
        var (left, right) = (Children[0].Value(view), Children[1].Value(view));
        return left is not { } a || right is not { } b ? null : Truth(sign switch
        {
            ">" => a > b,
            ">=" => a >= b,
            "<" => a < b,
            "<=" => a <= b,
            "==" => a == b,
            _ => a != b,
        });
    }
}
