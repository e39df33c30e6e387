namespace Fengsui.Rules.Tests.Properties.Language;

/// <summary>Kleene's logic; N of M; and whether something is known.</summary>
internal sealed class Logic(string word, int wanted, params Node[] operands) : Node(operands)
{
    public override string Text => word switch
    {
        "at_least" => $"at_least({wanted}, {string.Join(", ", Children.Select(child => child.Text))})",
        "known" => $"known({Children[0].Text})",
        "not" => $"not ({Children[0].Text})",
        _ => $"({Children[0].Text}) {word} ({Children[1].Text})",
    };

    public override bool IsTruth => true;

    public override double? Value(View view)
    {
        var values = Values(view);
        var isTrue = values.Count(value => value == 1);
        var isFalse = values.Count(value => value == 0);
        return word switch
        {
            "known" => Truth(values[0] is not null),
            "not" => 1 - values[0],
            "and" => isFalse > 0 ? 0 : isTrue == 2 ? 1 : null,
            "or" => isTrue > 0 ? 1 : isFalse == 2 ? 0 : null,
            _ => isTrue >= wanted ? 1 : values.Length - isFalse < wanted ? 0 : null,
        };
    }
}
