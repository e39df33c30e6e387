namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>
/// Says which receivers an entry reaches: a pure function of the routing tree and the entry. The nodes beside each other are asked in
/// their order; the first that holds takes the entry, and those after it are asked only when it says <c>continue</c>. A node that holds
/// gives the entry to those beneath it, and tells its own receivers when none of them took it.
/// </summary>
public sealed class Router
{
    /// <summary>Bound on receivers: one bit each.</summary>
    public const int MaxReceivers = 64;

    private readonly Dictionary<string, int> _bits = new(StringComparer.Ordinal);
    private readonly string[] _names;
    private readonly Node[] _roots;
    private readonly Node[] _canaryRoots;

    /// <param name="receivers">Every name that a route uses, and those that none does; at most <see cref="MaxReceivers"/>, each once.</param>
    /// <exception cref="ArgumentException">Too many receivers, one given twice, or a route names one that is not given.</exception>
    public Router(IReadOnlyList<string> receivers, IReadOnlyList<RouteDefinition> routes)
    {
        if (receivers.Count > MaxReceivers)
        {
            throw new ArgumentException($"at most {MaxReceivers} receivers", nameof(receivers));
        }

        _names = [.. receivers];
        foreach (var name in receivers)
        {
            _bits.Add(name, _bits.Count);
        }

        _roots = [.. routes.Where(route => !route.Canary).Select(route => Build(route, 0, false))];
        _canaryRoots = [.. routes.Where(route => route.Canary).Select(route => Build(route, 0, false))];
    }

    public static Router Empty { get; } = new([], []);

    public bool Knows(string receiver) => _bits.ContainsKey(receiver);

    public bool Reaches(string receiver, in RouteFacts facts) =>
        _bits.TryGetValue(receiver, out var bit) && (Take(RootsOf(facts), facts, out _) >> bit & 1) != 0;

    /// <summary>The names, in the order in which the receivers were given.</summary>
    public IReadOnlyList<string> Reached(RouteFacts facts)
    {
        var reached = Take(RootsOf(facts), facts, out _);
        return [.. _names.Where((_, bit) => (reached >> bit & 1) != 0)];
    }

    /// <summary>The canary's routes are a tree of their own: they neither take from the others nor are taken from.</summary>
    private Node[] RootsOf(in RouteFacts facts) => facts.IsCanary ? _canaryRoots : _roots;

    private Node Build(RouteDefinition route, ulong above, bool isHeldAbove)
    {
        var own = above;
        if (route.Receivers is { } names)
        {
            own = 0;
            foreach (var name in names)
            {
                own |= _bits.TryGetValue(name, out var bit) ? 1UL << bit : throw new ArgumentException($"a route names '{name}', which is no receiver", nameof(route));
            }
        }

        var held = route.Held ?? isHeldAbove;
        return new Node(new RouteMatcher(route), own, held, route.Continue, [.. route.Routes.Select(child => Build(child, own, held))]);
    }

    private static ulong Take(Node[] nodes, in RouteFacts facts, out bool taken)
    {
        taken = false;
        var reached = 0UL;
        foreach (var node in nodes)
        {
            if (!node.Matcher.Matches(facts))
            {
                continue;
            }

            taken = true;
            var beneath = Take(node.Children, facts, out var isTaken);
            reached |= isTaken ? beneath
                : !facts.IsHeld || node.Held || facts.IsUrgent ? node.Receivers
                : 0;
            if (!node.Continue)
            {
                break;
            }
        }

        return reached;
    }

    private sealed record Node(RouteMatcher Matcher, ulong Receivers, bool Held, bool Continue, Node[] Children);
}
