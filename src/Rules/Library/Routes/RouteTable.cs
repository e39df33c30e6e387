namespace Fengsui.Rules.Library.Routes;

/// <summary>The routes of a rule set by id.</summary>
internal sealed class RouteTable(IReadOnlyDictionary<string, Route> routes)
{
    public static RouteTable Empty { get; } = new(new Dictionary<string, Route>());

    public IEnumerable<string> Ids => routes.Keys.Order(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyList<RouteFacts> Facts { get; } = [.. routes.Values.Select(route => route.Facts).OrderBy(facts => facts.Id, StringComparer.Ordinal)];

    public Route? Find(string id) => routes.GetValueOrDefault(id);
}
