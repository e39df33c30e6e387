namespace Fengsui.Rules.Compilation;

/// <summary>One operation. <c>SlotInRange</c> is (<see cref="Low"/> ≤ slot ≤ <see cref="High"/>) ≠ <see cref="Negated"/>; a constant is in <see cref="Low"/>.</summary>
internal readonly struct Instruction(OpCode op, int slot = 0, double low = 0, double high = 0, bool negated = false, long maxAgeMs = long.MaxValue)
{
    public readonly OpCode Op = op;
    public readonly bool Negated = negated;
    public readonly int Slot = slot;
    public readonly double Low = low;
    public readonly double High = high;

    /// <summary>A value of a slot that is older is unknown.</summary>
    public readonly long MaxAgeMs = maxAgeMs;
}
