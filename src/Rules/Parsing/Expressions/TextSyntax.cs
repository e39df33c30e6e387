namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>A text in quotes. A name for functions, or what a label is compared with.</summary>
internal sealed record TextSyntax(int Start, string Text) : Syntax(Start);
