using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>Checks that an expression is a condition and gives each part its meaning. Reports every mistake of both sides.</summary>
internal sealed class ConditionBinder(ExpressionErrors errors)
{
    private readonly NumberBinder _numbers = new(errors);

    /// <summary>Null, with a diagnostic, when it is not a condition.</summary>
    public TruthNode? Bind(Syntax syntax) => syntax switch
    {
        BooleanSyntax boolean => new TruthConstantNode(boolean.Value),
        UnarySyntax { Operator: TokenKind.Not } not => Bind(not.Operand) is { } operand ? new NotNode(operand) : null,
        BinarySyntax { Operator.Kind: TokenKind.And or TokenKind.Or } logic => BindLogic(logic),
        BinarySyntax { Operator.Kind: >= TokenKind.Greater and <= TokenKind.NotEqual } comparison => BindComparison(comparison),
        _ => RefuseNumber(syntax),
    };

    private TruthNode? RefuseNumber(Syntax syntax)
    {
        // Mistakes inside the number are worth more than the remark that it is one.
        if (_numbers.Bind(syntax) is not null)
        {
            var example = syntax is NameSyntax name ? name.Name : "temperature";
            errors.Error(syntax.Start, DiagnosticCodes.ExpressionType, "this is a number, not a condition", $"a comparison such as {example} > 30");
        }

        return null;
    }

    private LogicNode? BindLogic(BinarySyntax syntax)
    {
        var left = Bind(syntax.Left);
        var right = Bind(syntax.Right);
        return left is null || right is null ? null : new LogicNode(syntax.Operator.Kind == TokenKind.And, left, right);
    }

    private CompareNode? BindComparison(BinarySyntax syntax)
    {
        var op = OperatorOf(syntax.Operator.Kind);
        if (syntax.Right is BooleanSyntax right)
        {
            return BindSwitch(syntax.Left, op, right.Value, syntax.Operator);
        }

        if (syntax.Left is BooleanSyntax left)
        {
            return BindSwitch(syntax.Right, op, left.Value, syntax.Operator);
        }

        var a = _numbers.Bind(syntax.Left);
        var b = _numbers.Bind(syntax.Right);
        if (a is null || b is null)
        {
            return null;
        }

        return UnitBinder.Unify(a.Value, b.Value, syntax.Operator, errors) is { } sides ? new CompareNode(op, sides.Left, sides.Right) : null;
    }

    /// <summary>A yes-or-no metric is a number: 0 is false, anything else is true.</summary>
    private CompareNode? BindSwitch(Syntax side, ComparisonOperator op, bool value, Token written)
    {
        if (op is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            errors.Error(written.Start, DiagnosticCodes.ExpressionType, "true and false have no order", "'==' or '!='");
            return null;
        }

        var wantsZero = (op == ComparisonOperator.Equal) != value;
        return _numbers.Bind(side) is { } number
            ? new CompareNode(wantsZero ? ComparisonOperator.Equal : ComparisonOperator.NotEqual, number.Node, new ConstantNode(0))
            : null;
    }

    private static ComparisonOperator OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.Greater => ComparisonOperator.Greater,
        TokenKind.GreaterOrEqual => ComparisonOperator.GreaterOrEqual,
        TokenKind.Less => ComparisonOperator.Less,
        TokenKind.LessOrEqual => ComparisonOperator.LessOrEqual,
        TokenKind.Equal => ComparisonOperator.Equal,
        _ => ComparisonOperator.NotEqual,
    };
}
