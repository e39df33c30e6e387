using Fengsui.Rules.Model;

namespace Fengsui.Rules;

/// <summary>What one program does with rows of one shape: the slots to write, the functions to feed and the rules to run.</summary>
public sealed class RowPlan
{
    internal RowPlan(Shape shape, int[] slots, int[] cells, int[] rules, int[] contributions)
    {
        Shape = shape;
        Slots = slots;
        Cells = cells;
        Rules = rules;
        Contributions = contributions;
        SlotsNeeded = slots.Length == 0 ? 0 : slots.Max() + 1;
    }

    public Shape Shape { get; }

    /// <summary>How many rules a row of this shape runs.</summary>
    public int RuleCount => Rules.Length;

    /// <summary>Whether a row of this shape may change what the device says to its zone.</summary>
    public bool Contributes => Contributions.Length > 0;

    /// <summary>Slot of each column of the shape.</summary>
    internal int[] Slots { get; }

    /// <summary>Indexes of the cells that one of the slots feeds, nested ones first.</summary>
    internal int[] Cells { get; }

    /// <summary>Indexes of the rules that read one of the slots, ascending.</summary>
    internal int[] Rules { get; }

    /// <summary>Indexes of the program's contributions that one of the slots changes.</summary>
    internal int[] Contributions { get; }

    internal int SlotsNeeded { get; }
}
