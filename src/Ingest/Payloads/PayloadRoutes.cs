namespace Fengsui.Ingest.Payloads;

/// <summary>The payload routes in force, for all connections. The most exact filter that matches a topic has it, whichever came first.</summary>
internal sealed class PayloadRoutes
{
    private readonly Lock _lock = new();
    private volatile PayloadRoute[] _routes = [];
    private volatile int _version;

    /// <summary>Changes with the routes, so that a connection knows when to forget what it has resolved.</summary>
    public int Version => _version;

    public PayloadRoute? Find(ReadOnlySpan<byte> topic)
    {
        foreach (var route in _routes)
        {
            if (route.Pattern.Matches(topic))
            {
                return route;
            }
        }

        return null;
    }

    public bool Contains(PayloadRoute route) => Array.IndexOf(_routes, route) >= 0;

    public void Add(IReadOnlyCollection<PayloadRoute> routes)
    {
        lock (_lock)
        {
            _routes = [.. _routes.Concat(routes).OrderBy(route => route.Pattern)];
            _version++;
        }
    }

    public void Remove(IReadOnlyCollection<PayloadRoute> routes)
    {
        lock (_lock)
        {
            _routes = [.. _routes.Except(routes)];
            _version++;
        }
    }
}
