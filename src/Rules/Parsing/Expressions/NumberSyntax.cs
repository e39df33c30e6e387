namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>A literal, with the unit that was written after it.</summary>
internal sealed record NumberSyntax(int Start, double Value, Token? Unit) : Syntax(Start);
