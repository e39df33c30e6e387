namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>A word of an expression. <paramref name="Text"/> is the name without its backticks, otherwise as written.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, string Text, double Number = 0)
{
    public string Describe() => Kind == TokenKind.End ? "the end of the expression" : $"'{Text}'";
}
