using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Compilation;

/// <summary>Turns a checked condition into instructions over the slots of one program.</summary>
internal sealed class ConditionCompiler(Func<string, int> slotOf)
{
    private readonly List<Instruction> _code = [];

    public static CompiledCondition Compile(TruthNode condition, Func<string, int> slotOf)
    {
        var compiler = new ConditionCompiler(slotOf);
        compiler.Emit(condition);
        return new CompiledCondition([.. compiler._code]);
    }

    private void Emit(TruthNode node)
    {
        switch (node)
        {
            case TruthConstantNode constant:
                _code.Add(new Instruction(OpCode.PushConstant, low: constant.Value ? 1 : 0));
                break;
            case NotNode not:
                Emit(not.Operand);
                _code.Add(new Instruction(OpCode.Not));
                break;
            case LogicNode logic:
                Emit(logic.Left);
                Emit(logic.Right);
                _code.Add(new Instruction(logic.IsAnd ? OpCode.And : OpCode.Or));
                break;
            case CompareNode { Left: MetricNode metric, Right: ConstantNode constant } compare:
                _code.Add(Range(compare.Operator, slotOf(metric.Metric), constant.Value));
                break;
            case CompareNode { Left: ConstantNode constant, Right: MetricNode metric } compare:
                _code.Add(Range(Mirror(compare.Operator), slotOf(metric.Metric), constant.Value));
                break;
            case CompareNode compare:
                Emit(compare.Left);
                Emit(compare.Right);
                _code.Add(new Instruction(CodeOf(compare.Operator)));
                break;
            default:
                throw new InvalidOperationException($"no code for {node.GetType().Name}");
        }
    }

    private void Emit(NumberNode node)
    {
        switch (node)
        {
            case ConstantNode constant:
                _code.Add(new Instruction(OpCode.PushConstant, low: constant.Value));
                break;
            case MetricNode metric:
                _code.Add(new Instruction(OpCode.PushSlot, slotOf(metric.Metric)));
                break;
            case FunctionNode function:
                Emit(function.Argument);
                _code.Add(new Instruction(function.Function == NumberFunction.Negate ? OpCode.Negate : OpCode.Absolute));
                break;
            case ArithmeticNode arithmetic:
                Emit(arithmetic.Left);
                Emit(arithmetic.Right);
                _code.Add(new Instruction(CodeOf(arithmetic.Operator)));
                break;
            default:
                throw new InvalidOperationException($"no code for {node.GetType().Name}");
        }
    }

    private static OpCode CodeOf(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Greater => OpCode.Greater,
        ComparisonOperator.GreaterOrEqual => OpCode.GreaterOrEqual,
        ComparisonOperator.Less => OpCode.Less,
        ComparisonOperator.LessOrEqual => OpCode.LessOrEqual,
        ComparisonOperator.Equal => OpCode.Equal,
        _ => OpCode.NotEqual,
    };

    private static OpCode CodeOf(ArithmeticOperator op) => op switch
    {
        ArithmeticOperator.Add => OpCode.Add,
        ArithmeticOperator.Subtract => OpCode.Subtract,
        ArithmeticOperator.Multiply => OpCode.Multiply,
        _ => OpCode.Divide,
    };

    private static ComparisonOperator Mirror(ComparisonOperator op) => op switch
    {
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        _ => op,
    };

    private static Instruction Range(ComparisonOperator op, int slot, double constant)
    {
        var (low, high) = op switch
        {
            ComparisonOperator.Greater => (double.BitIncrement(constant), double.MaxValue),
            ComparisonOperator.GreaterOrEqual => (constant, double.MaxValue),
            ComparisonOperator.Less => (double.MinValue, double.BitDecrement(constant)),
            ComparisonOperator.LessOrEqual => (double.MinValue, constant),
            _ => (constant, constant),
        };
        return new Instruction(OpCode.SlotInRange, slot, low, high, op == ComparisonOperator.NotEqual);
    }
}
