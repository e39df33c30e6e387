namespace Fengsui.Rules.Testing;

/// <summary>One line of what was expected beside what happened.</summary>
public readonly record struct DiffLine(DiffSide Side, string Text);
