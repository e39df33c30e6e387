using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>Checks that an expression is a condition and gives each part its meaning. Reports every mistake of both sides.</summary>
internal sealed class ConditionBinder
{
    public ConditionBinder(ExpressionErrors errors, BindingContext context)
    {
        Errors = errors;
        Context = context;
        Numbers = new NumberBinder(this);
        Calls = new CallBinder(this);
    }

    public ExpressionErrors Errors { get; }

    public BindingContext Context { get; }

    public NumberBinder Numbers { get; }

    public CallBinder Calls { get; }

    /// <summary>Null, with a diagnostic, when it is not a condition.</summary>
    public TruthNode? Bind(Syntax syntax) => syntax switch
    {
        BooleanSyntax boolean => new TruthConstantNode(boolean.Value),
        UnarySyntax { Operator: TokenKind.Not } not => Bind(not.Operand) is { } operand ? new NotNode(operand) : null,
        BinarySyntax { Operator.Kind: TokenKind.And or TokenKind.Or } logic => BindLogic(logic),
        BinarySyntax { Operator.Kind: >= TokenKind.Greater and <= TokenKind.NotEqual } comparison => BindComparison(comparison),
        CallSyntax call when CallBinder.IsCondition(call) => Calls.Bind(call)?.Node as TruthNode,
        _ => RefuseNumber(syntax),
    };

    /// <summary>Whether what is written is a condition rather than a number, right or wrong.</summary>
    public static bool IsCondition(Syntax syntax) => syntax switch
    {
        BooleanSyntax or UnarySyntax { Operator: TokenKind.Not } => true,
        BinarySyntax binary => binary.Operator.Kind is TokenKind.And or TokenKind.Or or (>= TokenKind.Greater and <= TokenKind.NotEqual),
        CallSyntax call => CallBinder.IsCondition(call),
        _ => false,
    };

    /// <summary>A condition or a number, whichever is written; null, with a diagnostic, when it is wrong.</summary>
    public BoundNode? ValueOf(Syntax syntax) => IsCondition(syntax) ? Bind(syntax) : Numbers.Bind(syntax)?.Node;

    /// <summary>The same, over the metrics of a member of the zone.</summary>
    public ConditionBinder OfMember() => new(Errors, Context.OfMember());

    private TruthNode? RefuseNumber(Syntax syntax)
    {
        // Mistakes inside the number are worth more than the remark that it is one.
        if (Numbers.Bind(syntax) is not null)
        {
            var example = syntax is NameSyntax name ? name.Name : "temperature";
            Errors.Error(syntax.Start, DiagnosticCodes.ExpressionType, "this is a number, not a condition", $"a comparison such as {example} > 30");
        }

        return null;
    }

    private LogicNode? BindLogic(BinarySyntax syntax)
    {
        var left = Bind(syntax.Left);
        var right = Bind(syntax.Right);
        return left is null || right is null ? null : new LogicNode(syntax.Operator.Kind == TokenKind.And, left, right);
    }

    private TruthNode? BindComparison(BinarySyntax syntax)
    {
        var op = OperatorOf(syntax.Operator.Kind);
        if (syntax.Right is TextSyntax text)
        {
            return BindText(syntax.Left, op, text, syntax.Operator);
        }

        if (syntax.Left is TextSyntax first)
        {
            return BindText(syntax.Right, op, first, syntax.Operator);
        }

        if (syntax.Right is BooleanSyntax right)
        {
            return BindSwitch(syntax.Left, op, right.Value, syntax.Operator);
        }

        if (syntax.Left is BooleanSyntax left)
        {
            return BindSwitch(syntax.Right, op, left.Value, syntax.Operator);
        }

        var a = Numbers.Bind(syntax.Left);
        var b = Numbers.Bind(syntax.Right);
        if (a is null || b is null)
        {
            return null;
        }

        return UnitBinder.Unify(a.Value, b.Value, syntax.Operator, Errors) is { } sides ? new CompareNode(op, sides.Left, sides.Right) : null;
    }

    private ProfileTruthNode? BindText(Syntax attribute, ComparisonOperator op, TextSyntax text, Token written)
    {
        var truth = AttributeBinder.IsOneOf(attribute, [text.Text], op == ComparisonOperator.NotEqual);
        if (truth is null)
        {
            Errors.Error(text.Start, DiagnosticCodes.ExpressionType, "a text is not a number", $"a number, or {AttributeBinder.Examples} on the other side; a metric of an unusual name stands in backticks: `{text.Text}`");
            return null;
        }

        if (Context.IsZoneScope)
        {
            Errors.Error(attribute.Start, DiagnosticCodes.ExpressionType, AttributeBinder.NoneOfZone, AttributeBinder.OfMembers);
            return null;
        }

        if (op is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            Errors.Error(written.Start, DiagnosticCodes.ExpressionType, "texts have no order", "'==' or '!='");
            return null;
        }

        return truth;
    }

    /// <summary>A yes-or-no metric is a number: 0 is false, anything else is true.</summary>
    private CompareNode? BindSwitch(Syntax side, ComparisonOperator op, bool value, Token written)
    {
        if (op is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            Errors.Error(written.Start, DiagnosticCodes.ExpressionType, "true and false have no order", "'==' or '!='");
            return null;
        }

        var wantsZero = (op == ComparisonOperator.Equal) != value;
        return Numbers.Bind(side) is { } number
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
