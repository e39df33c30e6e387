namespace Fengsui.Rules.Binding;

/// <summary>A checked number and the unit it is in; null when nobody said.</summary>
internal readonly record struct BoundNumber(NumberNode Node, Unit? Unit);
