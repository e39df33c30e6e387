namespace Fengsui.Rules.Parsing.Expressions;

internal sealed record CallSyntax(int Start, string Function, IReadOnlyList<Syntax> Arguments) : Syntax(Start);
