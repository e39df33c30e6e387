using Fengsui.Rules.Model;

namespace Fengsui.Rules.Tests.Properties;

/// <summary>A row of a device that is late, repeats itself, has gaps, reports some metrics only and sometimes nonsense.</summary>
internal sealed record RandomRow(long TimeMs, IReadOnlyList<(string Metric, double Value, Quality Quality)> Values)
{
    public static IEnumerable<RandomRow> Series(Random random, int count)
    {
        var time = 1_000_000L;
        RandomRow? previous = null;
        for (var i = 0; i < count; i++)
        {
            time += random.Next(12) switch { 0 => 0, 1 => 2000, 2 => 700, _ => 100 };
            var at = random.Next(6) == 0 ? time - random.Next(1, 8) * 50 : time;
            var row = previous is not null && random.Next(15) == 0
                ? previous
                : new RandomRow(at, [.. RandomRule.Metrics.Where(_ => random.Next(3) > 0).Select(metric => Value(random, metric))]);
            previous = row;
            yield return row;
        }
    }

    private static (string Metric, double Value, Quality Quality) Value(Random random, string metric) => random.Next(14) switch
    {
        0 => (metric, double.NaN, Quality.Good),
        1 => (metric, 1, Quality.Bad),
        2 => (metric, double.PositiveInfinity, Quality.Good),
        3 => (metric, random.Next(-3, 5), Quality.Uncertain),
        _ => (metric, random.Next(-3, 5), Quality.Good),
    };
}
