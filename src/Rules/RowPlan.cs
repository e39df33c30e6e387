using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>What one program does with rows of one shape: the slots to write and the rules to run.</summary>
public sealed class RowPlan
{
    internal RowPlan(Shape shape, int[] slots, int[] rules)
    {
        Shape = shape;
        Slots = slots;
        Rules = rules;
        SlotsNeeded = slots.Length == 0 ? 0 : slots.Max() + 1;
    }

    public Shape Shape { get; }

    /// <summary>How many rules a row of this shape runs.</summary>
    public int RuleCount => Rules.Length;

    /// <summary>Slot of each column of the shape.</summary>
    internal int[] Slots { get; }

    /// <summary>Indexes of the rules that read one of the slots, ascending.</summary>
    internal int[] Rules { get; }

    internal int SlotsNeeded { get; }
}
