using Fengsui.Rules.Parsing.Expressions;

namespace Fengsui.Rules.Binding;

/// <summary>Brings the two sides of a comparison, a sum or a difference to one unit.</summary>
internal static class UnitBinder
{
    /// <summary>Sides in the unit of the result; null, with a diagnostic, when they measure different things.</summary>
    public static (NumberNode Left, NumberNode Right, Unit? Unit)? Unify(BoundNumber left, BoundNumber right, Token op, ExpressionErrors errors)
    {
        if (left.Unit is not { } leftUnit || right.Unit is not { } rightUnit || IsSame(leftUnit, rightUnit))
        {
            return (left.Node, right.Node, SharedUnit(left.Unit, right.Unit));
        }

        if (!rightUnit.ConvertsTo(leftUnit))
        {
            errors.Error(op.Start, DiagnosticCodes.WrongUnit, $"the left side is in {leftUnit.Name}, the right side in {rightUnit.Name}{WhyNot(leftUnit, rightUnit)}", "one of " + UnitTable.Examples(leftUnit));
            return null;
        }

        if (FixedNumber.Convert(right.Node, rightUnit, leftUnit) is { } second)
        {
            return (left.Node, second, leftUnit);
        }

        if (FixedNumber.Convert(left.Node, leftUnit, rightUnit) is { } first)
        {
            return (first, right.Node, rightUnit);
        }

        errors.Error(op.Start, DiagnosticCodes.WrongUnit, $"the left side is in {leftUnit.Name}, the right side in {rightUnit.Name}", "metrics in one unit");
        return null;
    }

    private static string WhyNot(Unit left, Unit right) =>
        !left.IsOtherConcentration(right) ? ""
        : left.Gas is { } one && right.Gas is { } other ? $", and they are of {one.Gas.Name} and {other.Gas.Name}"
        : "; converting needs the gas: declare it under 'metrics'";

    /// <summary>The one that says more: a literal knows no gas, a bare percent not of what.</summary>
    private static Unit? SharedUnit(Unit? left, Unit? right) =>
        left is null or { IsBarePercent: true } || (left.Gas is null && right?.Gas is not null) ? right ?? left : left;

    private static bool IsSame(Unit left, Unit right) =>
        left.Name == right.Name
        || (left.Dimension == right.Dimension && left.Scale == right.Scale && left.Offset == right.Offset)
        || (left.IsBarePercent && right.Name.StartsWith('%'))
        || (right.IsBarePercent && left.Name.StartsWith('%'));
}
