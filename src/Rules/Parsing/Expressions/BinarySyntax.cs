namespace Fengsui.Rules.Parsing.Expressions;

/// <summary><see cref="Syntax.Start"/> is where the left side begins.</summary>
internal sealed record BinarySyntax(Token Operator, Syntax Left, Syntax Right) : Syntax(Left.Start)
{
    public bool InParentheses { get; init; }
}
