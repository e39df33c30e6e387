using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Properties.Language;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A random rule, as data for the interpreter and as text for the engine.</summary>
internal sealed record RandomRule(IReadOnlyList<RandomLevel> Levels, UnknownPolicy Unknown, long MaxAgeMs, bool IsLatched)
{
    private static readonly long[] Durations = [0, 0, 100, 300, 500, 1500, 3000];

    private static readonly long[] Ages = [0, 100, 400, 1000, 5000, 60_000];

    /// <param name="singleMetric">One tier over one comparison, as most rules are; the engine has a shorter way for them.</param>
    /// <param name="hasFunctions">Also functions with memory.</param>
    public static RandomRule Random(Random random, bool singleMetric = false, bool hasFunctions = false)
    {
        var expressions = new RandomExpression(random, hasFunctions);
        var isLatched = random.Next(12) == 0;
        var (keepFiringFor, stepDownAfter) = isLatched ? (0, 0) : (Pick(random), Pick(random));
        long? gap = random.Next(2) == 0 ? Pick(random) : null;
        var levels = new List<RandomLevel>();
        for (var tier = Tier.General; tier <= Tier.CrossBorder; tier++)
        {
            if (tier == Tier.General || (!singleMetric && random.Next(hasFunctions ? 5 : 3) == 0))
            {
                levels.Add(new RandomLevel(
                    tier,
                    singleMetric ? expressions.Comparison(0) : expressions.Condition(random.Next(hasFunctions ? 4 : 3)),
                    isLatched || random.Next(2) == 0 ? null : expressions.Condition(random.Next(2)),
                    Pick(random),
                    gap,
                    tier == Tier.General ? keepFiringFor : stepDownAfter));
            }
        }

        return new RandomRule(levels, (UnknownPolicy)random.Next(3), Ages[random.Next(Ages.Length)], isLatched);
    }

    public IEnumerable<Node> Nodes => Levels.SelectMany(level => level.Nodes);

    public string ToYaml()
    {
        var text = $"unknown: {Unknown.ToString().ToLowerInvariant()}\nmax_age: {MaxAgeMs}ms\n{LevelText(Levels[0], "")}";
        text += IsLatched ? "latch: true\n" : $"keep_firing_for: {Levels[0].HoldMs}ms\n";
        if (Levels.Count > 1)
        {
            text += IsLatched ? "tiers:\n" : $"step_down_after: {Levels[1].HoldMs}ms\ntiers:\n";
            text += string.Concat(Levels.Skip(1).Select(level => "  -\n" + LevelText(level, "    ")));
        }

        return text;
    }

    /// <summary>Simpler rules of the same kind, to look for one that fails as well.</summary>
    public IEnumerable<RandomRule> Simpler()
    {
        foreach (var (i, level) in Levels.Index())
        {
            if (i > 0)
            {
                yield return this with { Levels = [.. Levels.Where((_, at) => at != i)] };
            }

            if (level.Clear is not null)
            {
                yield return With(i, level with { Clear = null });
            }

            foreach (var part in level.Condition.Children.SelectMany(child => child.All()).Where(part => part.IsTruth && part.All().OfType<Metric>().Any()))
            {
                yield return With(i, level with { Condition = part });
            }
        }
    }

    private RandomRule With(int index, RandomLevel level) => this with { Levels = [.. Levels.Select((one, i) => i == index ? level : one)] };

    private static string LevelText(RandomLevel level, string indent)
    {
        var lines = new List<string> { $"tier: {level.Tier.Name()}", $"expr: '{level.Condition.Text}'", $"for: {level.ForMs}ms" };
        if (level.Clear is { } clear)
        {
            lines.Add($"clear: '{clear.Text}'");
        }

        if (level.MaxGapMs is { } gap)
        {
            lines.Add($"max_gap: {gap}ms");
        }

        return string.Concat(lines.Select(line => indent + line + "\n"));
    }

    private static long Pick(Random random) => Durations[random.Next(Durations.Length)];
}
