namespace Fengsui.Rules.Parsing.Expressions;

internal sealed record BooleanSyntax(int Start, bool Value) : Syntax(Start);
