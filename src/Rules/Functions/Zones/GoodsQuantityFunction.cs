using Fengsui.Rules.Zones.Site;

namespace Fengsui.Rules.Functions.Zones;

/// <summary><c>goods_quantity("1203")</c>, <c>goods_quantity("class 3")</c>: kilograms of a UN number, or of a class and its divisions, in the zone.</summary>
internal sealed class GoodsQuantityFunction() : RuleFunction("goods_quantity", "goods_quantity(substance)")
{
    private const string ClassPrefix = "class ";

    public override BoundCall? Bind(FunctionCall call)
    {
        if (!call.Takes(1, 1) || call.Name(0) is not { } name)
        {
            return null;
        }

        if (name.StartsWith(ClassPrefix, StringComparison.Ordinal) && GoodsNames.IsClass(name[ClassPrefix.Length..]))
        {
            var wanted = name[ClassPrefix.Length..];
            return SiteCall.Mass(call, $"{Name} {name}", (zone, _) => zone.Site.Goods.QuantityOfClass(wanted));
        }

        return GoodsNames.IsUnNumber(name)
            ? SiteCall.Mass(call, $"{Name} {name}", (zone, _) => zone.Site.Goods.Quantity(name))
            : call.Fail(0, $"\"{name}\" names no goods", "a UN number such as \"1203\", or a class such as \"class 3\" or \"class 5.1\"");
    }
}
