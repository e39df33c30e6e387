using System.Globalization;
using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Parsing.Expressions;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Rules.Functions;

/// <summary>One call as a function sees it: its arguments, checked as they are asked for. A getter that gives null has said why.</summary>
internal sealed class FunctionCall(RuleFunction function, CallSyntax syntax, ConditionBinder binder)
{
    /// <summary>Units in which an expression may write a duration, in ms: here <c>m</c> is a minute, not a metre.</summary>
    private static readonly Dictionary<string, string> DurationUnits = new(StringComparer.Ordinal) { ["min"] = "m" };

    public int Count => syntax.Arguments.Count;

    public string Written => syntax.Written;

    public BindingContext Context => binder.Context;

    public Syntax Argument(int index) => syntax.Arguments[index];

    /// <summary>False, with a diagnostic, when the number of arguments is wrong.</summary>
    public bool Takes(int min, int max)
    {
        if (Count >= min && Count <= max)
        {
            return true;
        }

        var expected = min == max ? $"{min}" : $"{min} to {max}";
        binder.Errors.Error(syntax.Start, DiagnosticCodes.ExpressionType, $"'{function.Name}' takes {expected} argument{(max == 1 ? "" : "s")}, not {Count}", function.Signature);
        return false;
    }

    public BoundNumber? Number(int index) => binder.Numbers.Bind(Argument(index));

    /// <summary>A metric that the call reads without naming it.</summary>
    public BoundNumber? Metric(string name) => binder.Numbers.Bind(new NameSyntax(syntax.Start, name));

    public TruthNode? Truth(int index) => binder.Bind(Argument(index));

    /// <summary>A number or a truth, whichever is written.</summary>
    public BoundNode? Value(int index) => binder.ValueOf(Argument(index));

    /// <summary>As <see cref="Value"/>, over the metrics of a member of the zone.</summary>
    public BoundNode? OfMember(int index) => binder.OfMember().ValueOf(Argument(index));

    /// <summary>As <see cref="Truth"/>, over the metrics of a member of the zone.</summary>
    public TruthNode? TruthOfMember(int index) => binder.OfMember().Bind(Argument(index));

    /// <summary>As <see cref="Number"/>, over the metrics of a member of the zone.</summary>
    public BoundCall? NumberOfMember(int index) =>
        binder.OfMember().Numbers.Bind(Argument(index)) is { } number ? new BoundCall(number.Node, number.Unit) : null;

    /// <summary>A literal duration in milliseconds: <c>30s</c>, <c>10 min</c>, <c>1h30m</c>.</summary>
    public long? Duration(int index, long minMs = 1, long maxMs = DurationText.MaxMs)
    {
        if (Argument(index) is NumberSyntax { Unit: { } unit } literal
            && TryDuration(literal.Value, unit.Text, out var ms) && ms >= minMs && ms <= maxMs)
        {
            return ms;
        }

        Fail(index, "this is not a duration that can stand here", $"{function.Signature} with a duration from {DurationText.Format(minMs)} to {DurationText.Format(maxMs)}, such as 30s or 10 min");
        return null;
    }

    public int? Integer(int index, int min, int max)
    {
        if (Argument(index) is NumberSyntax { Unit: null } literal && literal.Value == Math.Floor(literal.Value) && literal.Value >= min && literal.Value <= max)
        {
            return (int)literal.Value;
        }

        Fail(index, "this is not a whole number that can stand here", $"{function.Signature} with a whole number from {min} to {max}");
        return null;
    }

    /// <summary>A literal number without a unit.</summary>
    public double? Literal(int index, double min, double max)
    {
        if (Argument(index) is NumberSyntax { Unit: null } literal && literal.Value >= min && literal.Value <= max)
        {
            return literal.Value;
        }

        Fail(index, "this is not a number that can stand here", string.Create(CultureInfo.InvariantCulture, $"{function.Signature} with a number from {min} to {max}"));
        return null;
    }

    /// <summary>A bare name or a text in quotes.</summary>
    public string? Name(int index)
    {
        switch (Argument(index))
        {
            case NameSyntax name:
                return name.Name;
            case TextSyntax text:
                return text.Text;
            default:
                Fail(index, "this is not a name", $"{function.Signature} with a name, or a text in quotes; a name with '-' or a space needs them");
                return null;
        }
    }

    /// <summary>Two numbers brought to one unit, as a comparison does.</summary>
    public (NumberNode Left, NumberNode Right)? Compared(int left, int right)
    {
        if (Number(left) is not { } a || Number(right) is not { } b)
        {
            return null;
        }

        return UnitBinder.Unify(a, b, new Token(TokenKind.Comma, Argument(right).Start, ","), binder.Errors) is { } sides ? (sides.Left, sides.Right) : null;
    }

    public BoundCall? Fail(int index, string message, string expected = "")
    {
        binder.Errors.Error(index < Count ? Argument(index).Start : syntax.Start, DiagnosticCodes.ExpressionType, message, expected);
        return null;
    }

    /// <summary>A mistake of its own kind about one argument.</summary>
    public BoundCall? Fail(string code, string message, string expected, int index = 0)
    {
        binder.Errors.Error(index < Count ? Argument(index).Start : syntax.Start, code, message, expected);
        return null;
    }

    /// <param name="canonical">Function and parameters; with the arguments all that its value depends on.</param>
    public BoundCall NumberCell(string canonical, Unit? unit, Func<Cell> create, params IReadOnlyList<BoundNode> arguments) =>
        new(new CellNumberNode(new CellSpec(canonical, Written, arguments, create) { Unit = unit?.Name ?? "" }), unit);

    /// <inheritdoc cref="NumberCell"/>
    public BoundCall TruthCell(string canonical, Func<Cell> create, params IReadOnlyList<BoundNode> arguments) =>
        new(new CellTruthNode(new CellSpec(canonical, Written, arguments, create)));

    private static bool TryDuration(double value, string unit, out long ms)
    {
        var text = value.ToString("0.######", CultureInfo.InvariantCulture) + DurationUnits.GetValueOrDefault(unit, unit);
        if (DurationText.TryParse(text, out ms))
        {
            return true;
        }

        // A fraction: 0.5 s, 1.5 h.
        if (DurationText.TryParse("1" + DurationUnits.GetValueOrDefault(unit, unit), out var one) && value >= 0 && value * one < DurationText.MaxMs)
        {
            ms = (long)Math.Round(value * one);
            return true;
        }

        return false;
    }
}
