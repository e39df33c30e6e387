namespace Fengsui.Rules.Binding;

/// <summary>A checked expression whose value is a number or unknown.</summary>
internal abstract class NumberNode : BoundNode;
