using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Runs the instructions of a condition that is more than one comparison.</summary>
internal static class StackMachine
{
    /// <summary>Bound on the values that one condition keeps at once; the parser's bound on nesting keeps it below.</summary>
    public const int MaxDepth = 128;

    public static Truth Run(Instruction[] code, SlotValue[] slots, double[] stack)
    {
        var top = -1;
        foreach (ref readonly var step in code.AsSpan())
        {
            switch (step.Op)
            {
                case OpCode.PushConstant:
                    stack[++top] = step.Low;
                    break;
                case OpCode.PushSlot:
                    stack[++top] = slots[step.Slot].Value;
                    break;
                case OpCode.SlotInRange:
                    stack[++top] = InRange(slots[step.Slot].Value, step);
                    break;
                case OpCode.Negate:
                    stack[top] = -stack[top];
                    break;
                case OpCode.Absolute:
                    stack[top] = Math.Abs(stack[top]);
                    break;
                case OpCode.Not:
                    stack[top] = 1 - stack[top];
                    break;
                default:
                    top--;
                    stack[top] = Combine(step.Op, stack[top], stack[top + 1]);
                    break;
            }
        }

        return double.IsNaN(stack[0]) ? Truth.Unknown : stack[0] == 0 ? Truth.False : Truth.True;
    }

    private static double InRange(double x, in Instruction step) =>
        double.IsNaN(x) ? x : ((x >= step.Low) & (x <= step.High)) != step.Negated ? 1 : 0;

    private static double Combine(OpCode op, double left, double right) => op switch
    {
        OpCode.And => left == 0 || right == 0 ? 0 : left * right,
        OpCode.Or => left == 1 || right == 1 ? 1 : left + right,
        OpCode.Add => Finite(left + right),
        OpCode.Subtract => Finite(left - right),
        OpCode.Multiply => Finite(left * right),
        OpCode.Divide => Finite(left / right),
        _ => double.IsNaN(left) || double.IsNaN(right) ? double.NaN : Compare(op, left, right) ? 1 : 0,
    };

    /// <summary>A division by zero or an overflow is not a measurement: unknown.</summary>
    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static bool Compare(OpCode op, double left, double right) => op switch
    {
        OpCode.Greater => left > right,
        OpCode.GreaterOrEqual => left >= right,
        OpCode.Less => left < right,
        OpCode.LessOrEqual => left <= right,
        OpCode.Equal => left == right,
        _ => left != right,
    };
}
