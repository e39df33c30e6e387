namespace Fengsui.Rules.Binding;

/// <summary>A checked expression whose value is true, false or unknown.</summary>
internal abstract class TruthNode : BoundNode;
