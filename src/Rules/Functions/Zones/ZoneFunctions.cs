using Fengsui.Rules.Binding;
using Fengsui.Rules.Parsing.Expressions;
using Fengsui.Rules.Zones;

namespace Fengsui.Rules.Functions.Zones;

/// <summary>Functions of the zone: what its members say together, and what is known of the site.</summary>
internal static class ZoneFunctions
{
    /// <summary>The word that stands for the zone as the first argument.</summary>
    public const string Zone = "zone";

    public static IEnumerable<RuleFunction> All { get; } =
    [
        new AnyFunction(), new AllFunction(),
        new PermitActiveFunction(), new PermitEndsInFunction(), new GasTestAgeFunction(), new PersonsInsideFunction(),
        new PersonsWithoutPermitFunction(), new UnlockPersonsFunction(), new GoodsQuantityFunction(), new OverQuantityFunction(),
        new SegregationViolationsFunction(),
    ];

    /// <summary>Windows over a device's own value that are, with <c>zone</c> as the first argument, about its zone.</summary>
    private static readonly Dictionary<string, AggregateKind> Aggregates = new(StringComparer.Ordinal)
    {
        ["count"] = AggregateKind.Count,
        ["min"] = AggregateKind.Minimum,
        ["max"] = AggregateKind.Maximum,
        ["avg"] = AggregateKind.Average,
        ["sum"] = AggregateKind.Sum,
    };

    /// <summary>Gives the functions that have one their form over the zone.</summary>
    public static IEnumerable<RuleFunction> AlsoOfZone(IEnumerable<RuleFunction> functions) =>
        functions.Select(function => Aggregates.TryGetValue(function.Name, out var kind) ? new ZoneAggregateFunction(function, kind) : function);

    /// <summary>
    /// Binds a call whose first argument is the bare name <c>zone</c>; false when it is another call of the same name,
    /// such as a window over the device's own values.
    /// </summary>
    /// <param name="bound">Null, with a diagnostic, when the call is about the zone but wrong.</param>
    public static bool TryBindAggregate(FunctionCall call, AggregateKind kind, out BoundCall? bound)
    {
        bound = null;
        if (call.Count == 0 || call.Argument(0) is not NameSyntax { Name: Zone })
        {
            return false;
        }

        bound = BindAggregate(call, kind);
        return true;
    }

    private static BoundCall? BindAggregate(FunctionCall call, AggregateKind kind)
    {
        var isTruth = kind is AggregateKind.Any or AggregateKind.All or AggregateKind.Count;
        if (!call.Takes(2, 2) || (isTruth ? call.TruthOfMember(1) is { } truth ? new BoundCall(truth) : null : call.NumberOfMember(1)) is not { } inner)
        {
            return null;
        }

        if (inner.Node.All().Any(node => node is IZoneNode))
        {
            return call.Fail(1, "what a member says of itself cannot depend on the zone", "metrics of the member, and functions over them");
        }

        var metrics = inner.Node.All().OfType<MetricNode>().ToList();
        var isHeld = metrics.Count > 0 && metrics.TrueForAll(metric => metric.IsState);
        var aggregate = new ZoneAggregate(kind, inner.Node, isHeld ? long.MaxValue : call.Context.MaxAgeMs, call.Context.Members, call.Written);
        return kind is AggregateKind.Any or AggregateKind.All
            ? new BoundCall(new ZoneTruthNode(aggregate))
            : new BoundCall(new ZoneNumberNode(aggregate), isTruth ? null : inner.Unit);
    }
}
