namespace Fengsui.Rules.Compilation;

/// <summary>What a transition reports of one input of its rule: <see cref="Index"/> counts slots, cells or zone inputs of the program.</summary>
internal readonly record struct CompiledInput(InputKind Kind, int Index);
