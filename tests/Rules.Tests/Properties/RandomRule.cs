using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A random rule, as data for the interpreter and as text for the engine.</summary>
internal sealed record RandomRule(IReadOnlyList<RandomLevel> Levels, UnknownPolicy Unknown, long MaxAgeMs)
{
    public static readonly string[] Metrics = ["a", "b", "c"];

    private static readonly long[] Durations = [0, 0, 100, 300, 500, 1500];

    private static readonly long[] Ages = [0, 100, 400, 1000, 60_000];

    /// <param name="singleMetric">One tier over one comparison, as most rules are; the engine has a shorter way for them.</param>
    public static RandomRule Random(Random random, bool singleMetric = false)
    {
        var (keepFiringFor, stepDownAfter) = (Pick(random), Pick(random));
        long? gap = random.Next(2) == 0 ? Pick(random) : null;
        var levels = new List<RandomLevel>();
        for (var tier = Tier.General; tier <= Tier.CrossBorder; tier++)
        {
            if (tier == Tier.General || (!singleMetric && random.Next(3) == 0))
            {
                levels.Add(new RandomLevel(
                    tier,
                    Expr.Random(random, Metrics, singleMetric ? 0 : random.Next(3)),
                    random.Next(2) == 0 ? Expr.Random(random, Metrics, random.Next(2)) : null,
                    Pick(random),
                    gap,
                    tier == Tier.General ? keepFiringFor : stepDownAfter));
            }
        }

        return new RandomRule(levels, (UnknownPolicy)random.Next(3), Ages[random.Next(Ages.Length)]);
    }

    public string ToYaml()
    {
        var text = $"unknown: {Unknown.ToString().ToLowerInvariant()}\nmax_age: {MaxAgeMs}ms\nkeep_firing_for: {Levels[0].HoldMs}ms\n{LevelText(Levels[0], "")}";
        if (Levels.Count > 1)
        {
            text += $"step_down_after: {Levels[1].HoldMs}ms\ntiers:\n";
            text += string.Concat(Levels.Skip(1).Select(level => "  -\n" + LevelText(level, "    ")));
        }

        return text;
    }

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
