namespace Fengsui.Rules.Parsing;

/// <summary>A place in a file; line and column count from 1.</summary>
public readonly record struct SourceSpot(string File, int Line, int Column);
