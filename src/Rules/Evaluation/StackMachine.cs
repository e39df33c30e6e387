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
        // The newest value stays in a register; the others, in the order in which they came, are in the stack.
        var stack = scope.Stack;
        var depth = 0;
        var value = 0.0;
        foreach (ref readonly var step in code.AsSpan())
        {
            switch (step.Op)
            {
                case OpCode.PushConstant:
                    stack[depth++] = value;
                    value = step.Low;
                    break;
                case OpCode.PushSlot:
                    stack[depth++] = value;
                    value = scope.Slot(step.Slot, step.MaxAgeMs);
                    break;
                case OpCode.PushCell:
                    stack[depth++] = value;
                    value = scope.ReadCell(step.Slot);
                    break;
                case OpCode.PushZone:
                    stack[depth++] = value;
                    value = scope.ReadZone(step.Slot);
                    break;
                case OpCode.SlotInRange:
                    stack[depth++] = value;
                    value = InRange(scope.Slot(step.Slot, step.MaxAgeMs), step);
                    break;
                case OpCode.Negate:
                    value = -value;
                    break;
                case OpCode.Absolute:
                    value = Math.Abs(value);
                    break;
                case OpCode.Not:
                    value = 1 - value;
                    break;
                case OpCode.AtLeast:
                    stack[depth] = value;
                    depth -= step.Slot - 1;
                    value = AtLeast(stack.AsSpan(depth, step.Slot), step.Low);
                    break;
                case OpCode.IsKnown:
                    value = double.IsNaN(value) ? 0 : 1;
                    break;
                case OpCode.And:
                    var conjunct = stack[--depth];
                    value = conjunct == 0 || value == 0 ? 0 : conjunct * value;
                    break;
                case OpCode.Or:
                    var disjunct = stack[--depth];
                    value = disjunct == 1 || value == 1 ? 1 : disjunct + value;
                    break;
                default:
                    value = Combine(step.Op, stack[--depth], value);
                    break;
            }
        }

        return value;
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
