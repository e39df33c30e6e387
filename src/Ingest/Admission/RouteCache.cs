using Fengsui.Ingest.Payloads;

namespace Fengsui.Ingest.Admission;

/// <summary>The routes of one connection's topics, by the number that the connection gave the topic.</summary>
internal sealed class RouteCache(TopicRouter router, PayloadRoutes payloads, int maxRoutes)
{
    private int _version = payloads.Version;
    private TelemetryRoute[] _routes = new TelemetryRoute[Math.Min(16, maxRoutes)];

    /// <summary>Routes kept at most at present; topics beyond the bound are resolved each time.</summary>
    public int Capacity => _routes.Length;

    public TelemetryRoute Find(in InboundMessage message)
    {
        if (_version != payloads.Version)
        {
            _version = payloads.Version;
            Array.Clear(_routes);
            router.Forget();
        }

        var slot = message.TopicCacheSlot;
        return (uint)slot < (uint)_routes.Length && _routes[slot] is { Kind: not TelemetryKind.Unresolved } known
            ? known
            : Resolve(message.Topic, slot);
    }

    private TelemetryRoute Resolve(ReadOnlySpan<byte> topic, int slot)
    {
        var route = router.Resolve(topic);
        if ((uint)slot >= (uint)maxRoutes || route.Kind == TelemetryKind.RefusedDevice)
        {
            // A refusal is not remembered: the device may be admitted while the connection lasts.
            return route;
        }

        if (slot >= _routes.Length)
        {
            Array.Resize(ref _routes, Math.Min(maxRoutes, Math.Max(slot + 1, _routes.Length * 2)));
        }

        _routes[slot] = route;
        return route;
    }
}
