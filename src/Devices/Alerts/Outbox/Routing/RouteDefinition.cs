using Fengsui.Rules.Model;

namespace Fengsui.Devices.Alerts.Outbox.Routing;

/// <summary>One node of the routing tree. An empty list of conditions holds for everything; conditions of different kinds must all hold.</summary>
public sealed record RouteDefinition
{
    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    public IReadOnlyList<string> States { get; init; } = [];

    public IReadOnlyList<GlobPattern> Zones { get; init; } = [];

    public IReadOnlyList<GlobPattern> Devices { get; init; } = [];

    public IReadOnlyList<GlobPattern> DeviceTypes { get; init; } = [];

    public IReadOnlyList<GlobPattern> Rules { get; init; } = [];

    /// <summary>One of those who must be told has to match.</summary>
    public IReadOnlyList<GlobPattern> Audience { get; init; } = [];

    /// <summary>A label that is not there matches nothing, <c>*</c> included.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<GlobPattern>>> Labels { get; init; } = [];

    /// <summary>Who is told; null for those of the node above.</summary>
    public IReadOnlyList<string>? Receivers { get; init; }

    /// <summary>Whether what is held back as noise goes here too; null for what the node above says.</summary>
    public bool? Held { get; init; }

    /// <summary>Whether this node, with those beneath it, is for the canary's alerts and for nothing else; on the first level only.</summary>
    public bool Canary { get; init; }

    /// <summary>Whether the nodes after this one are looked at although this one holds.</summary>
    public bool Continue { get; init; }

    public IReadOnlyList<RouteDefinition> Routes { get; init; } = [];
}
