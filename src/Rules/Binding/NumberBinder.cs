using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>Checks the parts of an expression that are numbers, folds constants and units.</summary>
internal sealed class NumberBinder(ConditionBinder conditions)
{
    /// <summary>Bound on the length of a metric's name.</summary>
    private const int MaxMetricLength = 128;

    /// <summary>Shorter names are near too many others: <c>co2</c> is not a misspelt <c>co</c>.</summary>
    private const int MinSuspectLength = 6;

    private readonly ExpressionErrors _errors = conditions.Errors;

    /// <summary>Null, with a diagnostic, when it is not a number.</summary>
    public BoundNumber? Bind(Syntax syntax) => syntax switch
    {
        NumberSyntax number => BindLiteral(number),
        NameSyntax name => BindMetric(name),
        UnarySyntax { Operator: TokenKind.Minus } minus => BindNegation(minus),
        BinarySyntax { Operator.Kind: >= TokenKind.Plus and <= TokenKind.Slash } arithmetic => BindArithmetic(arithmetic),
        CallSyntax call => BindCall(call),
        TextSyntax text => Fail(text.Start, "a text is not a number", "a number; a metric of an unusual name stands in backticks: `" + text.Text + "`"),
        _ => Fail(syntax.Start, "this is a condition, not a number", "a metric, a number or arithmetic over them"),
    };

    private BoundNumber? Fail(int offset, string message, string expected)
    {
        _errors.Error(offset, DiagnosticCodes.ExpressionType, message, expected);
        return null;
    }

    private BoundNumber? BindLiteral(NumberSyntax literal)
    {
        if (literal.Unit is not { } written)
        {
            return new BoundNumber(new ConstantNode(literal.Value), null);
        }

        if (UnitTable.Find(written.Text) is { } unit)
        {
            return new BoundNumber(new ConstantNode(literal.Value), unit);
        }

        _errors.Error(written.Start, DiagnosticCodes.UnknownUnit, $"unknown unit '{written.Text}'{NearMiss.Hint(written.Text, UnitTable.Names)}", "one of " + string.Join(", ", UnitTable.Names));
        return null;
    }

    private BoundNumber? BindMetric(NameSyntax name)
    {
        if (name.Name.Length > MaxMetricLength || name.Name.Any(char.IsControl))
        {
            _errors.Error(name.Start, DiagnosticCodes.MetricName, "this cannot be the name of a metric", $"at most {MaxMetricLength} printable characters");
            return null;
        }

        if (AttributeBinder.NumberOf(name) is { } label)
        {
            return conditions.Context.IsZoneScope ? Fail(name.Start, AttributeBinder.NoneOfZone, AttributeBinder.OfMembers) : new BoundNumber(label, null);
        }

        if (conditions.Context.IsZoneScope)
        {
            _errors.Error(name.Start, DiagnosticCodes.ExpressionType, $"a rule about a zone cannot read the metric '{name.Name}' of one device", $"what its devices say together, such as max(zone, {name.Name})");
            return null;
        }

        if (name.Name.Length >= MinSuspectLength && !UnitTable.KnownMetrics.Contains(name.Name) && NearMiss.Of(name.Name, UnitTable.KnownMetrics) is { } near)
        {
            _errors.Warning(name.Start, DiagnosticCodes.MetricName, $"'{name.Name}' looks like a misspelt metric; did you mean '{near}'?");
        }

        var library = conditions.Context.Library;
        return new BoundNumber(new MetricNode(name.Name, library.IsState(name.Name)), library.UnitOf(name.Name));
    }

    private BoundNumber? BindNegation(UnarySyntax minus)
    {
        if (Bind(minus.Operand) is not { } operand)
        {
            return null;
        }

        var negated = FixedNumber.Combine(ArithmeticOperator.Multiply, operand.Node, new ConstantNode(-1));
        return operand with { Node = negated ?? new FunctionNode(NumberFunction.Negate, operand.Node) };
    }

    private BoundNumber? BindArithmetic(BinarySyntax syntax)
    {
        var boundLeft = Bind(syntax.Left);
        var boundRight = Bind(syntax.Right);
        if (boundLeft is not { } left || boundRight is not { } right)
        {
            return null;
        }

        var op = syntax.Operator.Kind switch
        {
            TokenKind.Plus => ArithmeticOperator.Add,
            TokenKind.Minus => ArithmeticOperator.Subtract,
            TokenKind.Star => ArithmeticOperator.Multiply,
            _ => ArithmeticOperator.Divide,
        };
        if (op is ArithmeticOperator.Add or ArithmeticOperator.Subtract)
        {
            return UnitBinder.Unify(left, right, syntax.Operator, _errors) is { } sides ? Fold(op, sides.Left, sides.Right, sides.Unit, syntax) : null;
        }

        // A multiple of a value keeps its unit; a product or quotient of two units is in a unit that nothing names.
        var unit = right.Unit is null ? left.Unit : left.Unit is null && op == ArithmeticOperator.Multiply ? right.Unit : null;
        return Fold(op, left.Node, right.Node, unit, syntax);
    }

    private BoundNumber? Fold(ArithmeticOperator op, NumberNode left, NumberNode right, Unit? unit, BinarySyntax syntax) =>
        FixedNumber.Combine(op, left, right) is not { } known ? new BoundNumber(new ArithmeticNode(op, left, right), unit)
        : known is ConstantNode { Value: var value } && !double.IsFinite(value) ? Fail(syntax.Operator.Start, "this division by zero or overflow has no value", "a finite number")
        : new BoundNumber(known, unit);

    private BoundNumber? BindCall(CallSyntax call)
    {
        if (CallBinder.IsCondition(call))
        {
            return Fail(call.Start, $"'{call.Function}' gives a condition, not a number", "a metric, a number or arithmetic over them");
        }

        return conditions.Calls.Bind(call) is { Node: NumberNode node, Unit: var unit } ? new BoundNumber(node, unit) : null;
    }
}
