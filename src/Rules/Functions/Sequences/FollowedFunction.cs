using Fengsui.Rules.Evaluation.Cells.Sequences;

namespace Fengsui.Rules.Functions.Sequences;

/// <summary><c>a followed by b within 10s</c>, which is <c>followed(a, b, 10s)</c>; and its opposite.</summary>
internal sealed class FollowedFunction(string name, bool isNegated) : RuleFunction(name, $"{name}(condition, condition, time)")
{
    public static IEnumerable<RuleFunction> All { get; } = [new FollowedFunction("followed", false), new FollowedFunction("not_followed", true)];

    public override bool IsCondition => true;

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(3, 3))
        {
            return null;
        }

        var (a, b, within) = (call.Truth(0), call.Truth(1), call.Duration(2));
        return a is null || b is null || within is not { } withinMs ? null : call.TruthCell($"{Name} {withinMs}", () => new FollowedCell(isNegated, withinMs), a, b);
    }
}
