using Fengsui.Rules.Compilation;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Evaluation;

/// <summary>Runs the instructions of an expression that is more than one comparison.</summary>
internal static class StackMachine
{
    /// <summary>Bound on the values that one expression keeps at once; the parser's bound on nesting keeps it below.</summary>
    public const int MaxDepth = 128;

    public static Truth Run(Instruction[] code, Scope scope)
    {
        var value = Number(code, scope);
        return double.IsNaN(value) ? Truth.Unknown : value == 0 ? Truth.False : Truth.True;
    }

    /// <summary>NaN is unknown; a truth is 0 or 1. A lone slot passes with its bits unchanged: it may be a packed position.</summary>
    public static double Number(Instruction[] code, Scope scope)
    {
        var stack = scope.Stack;
        var top = -1;
        foreach (ref readonly var step in code.AsSpan())
        {
            switch (step.Op)
            {
                case OpCode.PushConstant:
                    stack[++top] = step.Low;
                    break;
                case OpCode.PushSlot:
                    stack[++top] = scope.Slot(step.Slot, step.MaxAgeMs);
                    break;
                case OpCode.PushCell:
                    stack[++top] = scope.ReadCell(step.Slot);
                    break;
                case OpCode.PushZone:
                    stack[++top] = scope.ReadZone(step.Slot);
                    break;
                case OpCode.SlotInRange:
                    stack[++top] = InRange(scope.Slot(step.Slot, step.MaxAgeMs), step);
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
                case OpCode.AtLeast:
                    top -= step.Slot - 1;
                    stack[top] = AtLeast(stack.AsSpan(top, step.Slot), step.Low);
                    break;
                case OpCode.IsKnown:
                    stack[top] = double.IsNaN(stack[top]) ? 0 : 1;
                    break;
                default:
                    top--;
                    stack[top] = Combine(step.Op, stack[top], stack[top + 1]);
                    break;
            }
        }

        return stack[0];
    }

    private static double InRange(double x, in Instruction step) =>
        double.IsNaN(x) ? x : ((x >= step.Low) & (x <= step.High)) != step.Negated ? 1 : 0;

    /// <summary>True when enough are true, false when enough cannot be, else unknown.</summary>
    private static double AtLeast(ReadOnlySpan<double> truths, double wanted)
    {
        var (isTrue, isUnknown) = (0, 0);
        foreach (var truth in truths)
        {
            isTrue += truth == 1 ? 1 : 0;
            isUnknown += double.IsNaN(truth) ? 1 : 0;
        }

        return isTrue >= wanted ? 1 : isTrue + isUnknown < wanted ? 0 : double.NaN;
    }

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
