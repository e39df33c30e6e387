namespace Fengsui.Rules.Parsing.Expressions;

/// <summary>A node of an expression as written; <paramref name="Start"/> is its offset in the text.</summary>
internal abstract record Syntax(int Start);
