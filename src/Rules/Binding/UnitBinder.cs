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
            var unit = left.Unit is null or { IsBarePercent: true } ? right.Unit ?? left.Unit : left.Unit;
            return (left.Node, right.Node, unit);
        }

        if (leftUnit.Dimension != rightUnit.Dimension)
        {
            var concentrations = leftUnit.Dimension + rightUnit.Dimension is "volume fractionmass concentration" or "mass concentrationvolume fraction";
            var why = concentrations ? "; converting needs the gas and its reference temperature" : "";
            errors.Error(op.Start, DiagnosticCodes.WrongUnit, $"the left side is in {leftUnit.Name}, the right side in {rightUnit.Name}{why}", "one of " + UnitTable.Examples(leftUnit));
            return null;
        }

        if (right.Node is ConstantNode number)
        {
            return (left.Node, new ConstantNode(rightUnit.Convert(number.Value, leftUnit)), leftUnit);
        }

        if (left.Node is ConstantNode first)
        {
            return (new ConstantNode(leftUnit.Convert(first.Value, rightUnit)), right.Node, rightUnit);
        }

        errors.Error(op.Start, DiagnosticCodes.WrongUnit, $"the left side is in {leftUnit.Name}, the right side in {rightUnit.Name}", "metrics in one unit");
        return null;
    }

    private static bool IsSame(Unit left, Unit right) =>
        left.Name == right.Name
        || (left.Dimension == right.Dimension && left.Scale == right.Scale && left.Offset == right.Offset)
        || (left.IsBarePercent && right.Name.StartsWith('%'))
        || (right.IsBarePercent && left.Name.StartsWith('%'));
}
