using System.Runtime.CompilerServices;
using Fengsui.Rules.Evaluation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Compilation;

/// <summary>
/// A condition ready to run. Most are one metric against one constant, which is a range test without a branch on the
/// operator: <c>x &gt; c</c> is the range from the next double above c. Others are a list of instructions.
/// </summary>
internal readonly struct CompiledCondition
{
    private readonly Instruction[]? _code;
    private readonly double _low;
    private readonly double _high;
    private readonly long _maxAgeMs;
    private readonly int _slot;
    private readonly bool _negated;

    public CompiledCondition(Instruction[] code)
    {
        if (code is [{ Op: OpCode.SlotInRange } only])
        {
            (_slot, _low, _high, _negated, _maxAgeMs) = (only.Slot, only.Low, only.High, only.Negated, only.MaxAgeMs);
            return;
        }

        _code = code;
    }

    /// <summary>The one comparison that it is; false when it is more.</summary>
    public bool TryGetRange(out Instruction range)
    {
        range = new Instruction(OpCode.SlotInRange, _slot, _low, _high, _negated, _maxAgeMs);
        return _code is null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Truth Evaluate(Scope scope)
    {
        if (_code is not null)
        {
            return StackMachine.Run(_code, scope);
        }

        var x = scope.Slot(_slot, _maxAgeMs);
        return double.IsNaN(x) ? Truth.Unknown
            : ((x >= _low) & (x <= _high)) != _negated ? Truth.True
            : Truth.False;
    }
}
