namespace Fengsui.Rules.Parsing.Expressions;

internal sealed record NameSyntax(int Start, string Name) : Syntax(Start);
