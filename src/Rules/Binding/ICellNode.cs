namespace Fengsui.Rules.Binding;

/// <summary>A call of a function with memory, whatever it gives.</summary>
internal interface ICellNode
{
    CellSpec Spec { get; }
}
