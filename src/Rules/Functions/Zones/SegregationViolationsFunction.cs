namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>segregation_violations()</c>: how many pairs of classes are stored together that the rule set's table keeps apart.</summary>
internal sealed class SegregationViolationsFunction() : RuleFunction("segregation_violations", "segregation_violations()")
{
    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(0, 0))
        {
            return null;
        }

        return call.Context.Library.Segregation is { } table
            ? SiteCall.Number(call, $"{Name} {table.Edition}", (zone, _) => zone.Site.Goods.ForbiddenPairs(table))
            : call.Fail(0, "no file of the rule set holds a segregation table", "a section 'segregation', such as that of config/rules/library/segregation-imdg.yaml");
    }
}
