namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>A text in quotes. Parsed so that the mistake can be explained; nothing takes one yet.</summary>
internal sealed record TextSyntax(int Start, string Text) : Syntax(Start);
