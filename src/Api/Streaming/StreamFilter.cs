using Fengsui.Devices.Alerts.Outbox;
using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;
using Fengsui.Rules.Parsing;

namespace Fengsui.Api.Streaming;

/// <summary>
/// Which entries a client of the event stream follows: <c>?tier=</c>, <c>?state=</c>, <c>?zone=</c>, <c>?device=</c> and <c>?rule=</c>, each
/// as often as wanted; <c>*</c> stands for any characters. They mean what the same words mean in a route.
/// </summary>
internal sealed class StreamFilter
{
    /// <summary>Bound on values of one parameter.</summary>
    private const int MaxValues = 32;

    private readonly RouteMatcher _matcher;

    private StreamFilter(RouteDefinition route) => _matcher = new RouteMatcher(route);

    /// <summary>Null, with a sentence for the caller, when a parameter is not valid.</summary>
    public static StreamFilter? TryRead(HttpRequest request, out string mistake)
    {
        mistake = "";
        var (tiers, states) = (Values(request, "tier"), Values(request, "state"));
        if (tiers.FirstOrDefault(tier => !TierNames.All.Contains(tier)) is { } tier)
        {
            mistake = $"'{tier}' is no tier{NearMiss.Hint(tier, TierNames.All)}; it must be one of {string.Join(", ", TierNames.All)}";
        }
        else if (states.FirstOrDefault(state => !EntryStates.All.Contains(state)) is { } state)
        {
            mistake = $"'{state}' is no state or event{NearMiss.Hint(state, EntryStates.All)}; it must be one of {string.Join(", ", EntryStates.All)}";
        }
        else if (Names.FirstOrDefault(name => request.Query[name].Count > MaxValues) is { } name)
        {
            mistake = $"{name} may be given {MaxValues} times";
        }

        return mistake.Length > 0 ? null : new StreamFilter(new RouteDefinition
        {
            Tiers = [.. tiers.Select(Parse)],
            States = states,
            Zones = Patterns(request, "zone"),
            Devices = Patterns(request, "device"),
            Rules = Patterns(request, "rule"),
        });
    }

    public bool Wants(StreamEvent item) => item.Entry is not { } entry || _matcher.Matches(new Notice(item.Id, entry, "").Facts);

    private static string[] Names => ["tier", "state", "zone", "device", "rule"];

    private static string[] Values(HttpRequest request, string name) => [.. request.Query[name].OfType<string>().Where(value => value.Length > 0)];

    private static GlobPattern[] Patterns(HttpRequest request, string name) => [.. Values(request, name).Select(value => new GlobPattern(value))];

    private static Tier Parse(string name) => TierNames.TryParse(name, out var tier) ? tier : Tier.None;
}
