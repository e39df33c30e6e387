using Fengsui.Rules.Geo;

namespace Fengsui.Rules.Library.Routes;

/// <summary>One feature of a route file: a filed corridor, or a zone on the map.</summary>
/// <param name="Id">Unique within the rule set.</param>
/// <param name="ValidFromMs">The approved time window begins, Unix ms; null when it was always open.</param>
/// <param name="ValidToMs">It ends: this moment is outside; null when it stays open.</param>
/// <param name="Fingerprint">Lower-case hex of what the shape and the window are, so that a changed route begins anew.</param>
internal sealed record Route(string Id, RouteShape Shape, long? ValidFromMs, long? ValidToMs, string Fingerprint)
{
    /// <summary>What it is, for people and programs that look at it.</summary>
    public required RouteFacts Facts { get; init; }

    public bool HasWindow => ValidFromMs is not null || ValidToMs is not null;

    public bool IsOpenAt(long timeMs) => Facts.IsOpenAt(timeMs);
}
