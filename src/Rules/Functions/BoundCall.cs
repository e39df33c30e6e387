using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Functions;

/// <summary>A checked call: a <see cref="NumberNode"/> with its unit, or a <see cref="TruthNode"/>.</summary>
internal readonly record struct BoundCall(BoundNode Node, Unit? Unit = null);
