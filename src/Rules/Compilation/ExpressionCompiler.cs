using Fengsui.Rules.Binding;

namespace Fengsui.Rules.Compilation;

/// <summary>Turns a checked expression into instructions over the slots, cells and zone inputs of one program.</summary>
internal sealed class ExpressionCompiler
{
    private readonly ProgramBuilder _program;
    private readonly long _maxAgeMs;
    private readonly List<Instruction> _code = [];

    private ExpressionCompiler(ProgramBuilder program, long maxAgeMs)
    {
        _program = program;
        _maxAgeMs = maxAgeMs;
    }

    public static Instruction[] Code(BoundNode node, ProgramBuilder program, long maxAgeMs)
    {
        var compiler = new ExpressionCompiler(program, maxAgeMs);
        compiler.Emit(node);
        return [.. compiler._code];
    }

    private void Emit(BoundNode node)
    {
        if (node is TruthNode truth)
        {
            EmitTruth(truth);
        }
        else
        {
            EmitNumber((NumberNode)node);
        }
    }

    private void EmitTruth(TruthNode node)
    {
        switch (node)
        {
            case TruthConstantNode constant:
                Push(constant.Value ? 1 : 0);
                break;
            case ProfileTruthNode resolved:
                Push(resolved.Resolve(_program.Profile));
                break;
            case NotNode not:
                Emit(not.Operand);
                _code.Add(new Instruction(OpCode.Not));
                break;
            case LogicNode logic:
                EmitAll(logic, new Instruction(logic.IsAnd ? OpCode.And : OpCode.Or));
                break;
            case AtLeastNode atLeast:
                EmitAll(atLeast, new Instruction(OpCode.AtLeast, atLeast.Children.Count, atLeast.Wanted));
                break;
            case IsKnownNode known:
                EmitAll(known, new Instruction(OpCode.IsKnown));
                break;
            case CompareNode compare:
                EmitComparison(compare);
                break;
            default:
                EmitInput(node);
                break;
        }
    }

    private void EmitNumber(NumberNode node)
    {
        switch (node)
        {
            case ConstantNode constant:
                Push(constant.Value);
                break;
            case ProfileNumberNode resolved:
                Push(resolved.Resolve(_program.Profile));
                break;
            case MetricNode metric:
                _code.Add(new Instruction(OpCode.PushSlot, _program.SlotOf(metric), maxAgeMs: AgeOf(metric)));
                break;
            case FunctionNode function:
                EmitAll(function, new Instruction(function.Function == NumberFunction.Negate ? OpCode.Negate : OpCode.Absolute));
                break;
            case ArithmeticNode arithmetic:
                EmitAll(arithmetic, new Instruction(CodeOf(arithmetic.Operator)));
                break;
            default:
                EmitInput(node);
                break;
        }
    }

    private void EmitInput(BoundNode node)
    {
        _code.Add(node switch
        {
            ICellNode cell => new Instruction(OpCode.PushCell, _program.CellPlaceOf(cell.Spec, _maxAgeMs)),
            IZoneNode zone => new Instruction(OpCode.PushZone, _program.ZonePlaceOf(zone.Input)),
            _ => throw new InvalidOperationException($"no code for {node.GetType().Name}"),
        });
    }

    private void EmitAll(BoundNode node, Instruction last)
    {
        foreach (var child in node.Children)
        {
            Emit(child);
        }

        _code.Add(last);
    }

    private void EmitComparison(CompareNode compare)
    {
        if (compare.Left is MetricNode left && ConstantOf(compare.Right) is { } right && !double.IsNaN(right))
        {
            _code.Add(Range(compare.Operator, left, right));
        }
        else if (compare.Right is MetricNode metric && ConstantOf(compare.Left) is { } constant && !double.IsNaN(constant))
        {
            _code.Add(Range(Mirror(compare.Operator), metric, constant));
        }
        else
        {
            EmitAll(compare, new Instruction(CodeOf(compare.Operator)));
        }
    }

    private double? ConstantOf(NumberNode node) => node switch
    {
        ConstantNode constant => constant.Value,
        ProfileNumberNode resolved => resolved.Resolve(_program.Profile),
        _ => null,
    };

    private void Push(double constant) => _code.Add(new Instruction(OpCode.PushConstant, low: constant));

    private long AgeOf(MetricNode metric) => metric.IsState ? long.MaxValue : _maxAgeMs;

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

    private Instruction Range(ComparisonOperator op, MetricNode metric, double constant)
    {
        var (low, high) = op switch
        {
            ComparisonOperator.Greater => (double.BitIncrement(constant), double.MaxValue),
            ComparisonOperator.GreaterOrEqual => (constant, double.MaxValue),
            ComparisonOperator.Less => (double.MinValue, double.BitDecrement(constant)),
            ComparisonOperator.LessOrEqual => (double.MinValue, constant),
            _ => (constant, constant),
        };
        return new Instruction(OpCode.SlotInRange, _program.SlotOf(metric), low, high, op == ComparisonOperator.NotEqual, AgeOf(metric));
    }
}
