using Fengsui.Rules.Binding;
using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Library.Routes;
using Fengsui.Rules.Model;

namespace Fengsui.Rules.Functions.Geo;

/// <summary>Which route a call is about: one that the rule names, or the one that a label of the device names.</summary>
/// <param name="named">The route that the rule names.</param>
/// <param name="identity">Stands for the route among a cell's arguments, so that another route is another cell.</param>
/// <param name="of">The device's route; null when its label names none.</param>
internal sealed class RouteSource(Route? named, NumberNode identity, Func<DeviceProfile, Route?> of)
{
    private const string LabelPrefix = "labels.";

    /// <summary>Null when it depends on the device.</summary>
    public Route? Named { get; } = named;

    /// <summary>Null, with a diagnostic, when the argument names no route.</summary>
    public static RouteSource? Read(FunctionCall call, int index)
    {
        if (call.Name(index) is not { } name)
        {
            return null;
        }

        var routes = call.Context.Library.Routes;
        if (name.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            return OfLabel(name[LabelPrefix.Length..], routes);
        }

        if (routes.Find(name) is { } route)
        {
            return new RouteSource(route, new ConstantNode(NumberOf(route)), _ => route);
        }

        call.Fail(
            DiagnosticCodes.UnknownName,
            $"there is no route '{name}'{Parsing.NearMiss.Hint(name, routes.Ids)}",
            "the id of a feature in routes/*.geojson, or labels.NAME for the route that the device's label names",
            index);
        return null;
    }

    /// <summary>The cell's description; <paramref name="create"/> is given the device's route.</summary>
    public CellSpec Spec(string function, string written, IReadOnlyList<BoundNode> arguments, Func<Route?, Cell> create) =>
        new(Named is null ? function : $"{function} {Named.Fingerprint}", written, [.. arguments, identity], () => create(Named)) { CreateFor = profile => create(of(profile)) };

    private static RouteSource OfLabel(string label, RouteTable routes)
    {
        Route? Of(DeviceProfile profile) => profile.Labels.TryGetValue(label, out var id) ? routes.Find(id) : null;
        return new RouteSource(null, new ProfileNumberNode($"route of labels.{label}", profile => Of(profile) is { } route ? NumberOf(route) : double.NaN), Of);
    }

    /// <summary>As much of the fingerprint as a double holds exactly.</summary>
    private static double NumberOf(Route route) => Convert.ToInt64(route.Fingerprint[..13], 16);
}
