namespace Fengsui.Rules.Parsing.Expressions;

/// <summary><c>not x</c> or <c>-x</c>.</summary>
internal sealed record UnarySyntax(int Start, TokenKind Operator, Syntax Operand) : Syntax(Start);
