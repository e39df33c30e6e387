using Fengsui.Devices.Alerts.Outbox.Routing;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Alerts.Outbox.Routing;

/// <summary>Trees and entries over few words, so that they meet often.</summary>
internal sealed class RandomRoutes(Random random)
{
    public static readonly string[] Receivers = ["a", "b", "c", "d"];

    private static readonly string[] Patterns = ["*", "x", "y", "x*", "*y", "x*y", "*x*", "x*x*y", "", "**"];
    private static readonly string[] Words = ["", "x", "y", "xy", "xxy", "yx", "xzzy", "z"];
    private static readonly string[] States = ["firing", "tier-changed", "resolved"];

    public List<RouteDefinition> Tree(int depth = 0) => [.. Enumerable.Range(0, random.Next(depth == 0 ? 1 : 0, depth > 2 ? 1 : 4)).Select(_ => Route(depth))];

    public RouteFacts Facts() => new(
        (Tier)random.Next(0, 5),
        (Tier)random.Next(0, 5),
        Word(States),
        Word(Words),
        Word(Words),
        Word(Words),
        Word(Words),
        new Dictionary<string, string>(Some(["l", "m"], 2).Distinct().Select(name => KeyValuePair.Create(name, Word(Words)))),
        Some(Words, 3),
        random.Next(2) == 0);

    private RouteDefinition Route(int depth) => new()
    {
        Tiers = Some([Tier.General, Tier.Significant, Tier.Major, Tier.CrossBorder], 3),
        States = Some(States, 3),
        Zones = Globs(),
        Devices = random.Next(3) == 0 ? Globs() : [],
        DeviceTypes = random.Next(3) == 0 ? Globs() : [],
        Rules = random.Next(3) == 0 ? Globs() : [],
        Audience = random.Next(3) == 0 ? Globs() : [],
        Labels = [.. Some(["l", "m"], 2).Distinct().Select(name => KeyValuePair.Create(name, Globs()))],
        Receivers = random.Next(3) == 0 ? null : [.. Some(Receivers, 3).Distinct()],
        Held = random.Next(3) switch { 0 => true, 1 => false, _ => null },
        Continue = random.Next(2) == 0,
        Routes = Tree(depth + 1),
    };

    private IReadOnlyList<GlobPattern> Globs() => [.. Some(Patterns, 3).Select(text => new GlobPattern(text))];

    /// <summary>None half of the time.</summary>
    private List<T> Some<T>(T[] from, int most) => random.Next(2) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => from[random.Next(from.Length)])];

    private string Word(string[] words) => words[random.Next(words.Length)];
}
