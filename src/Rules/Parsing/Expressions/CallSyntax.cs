namespace Fengsui.Rules.Parsing.Expressions;

/// <param name="Written">The whole call as it stands in the text.</param>
internal sealed record CallSyntax(int Start, string Function, IReadOnlyList<Syntax> Arguments, string Written) : Syntax(Start);
