using Fengsui.Rules.Evaluation.Cells.Windows;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Windows;

public sealed class QuantileTests
{
    private const long WindowMs = 60_000;
    private const long PartMs = WindowMs / QuantileCell.Parts;

    private static readonly double[] Shares = [0, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 1];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Fact]
    public void A_share_is_the_least_reading_that_so_many_do_not_exceed()
    {
        var cells = new[] { 0, 0.5, 0.51, 0.75, 1 }.Select(share => new CellRun(new QuantileCell(share, WindowMs))).ToList();
        foreach (var (second, value) in new[] { 40.0, 10, 30, 20 }.Index())
        {
            cells.ForEach(cell => cell.Feed(second * 1000, value));
        }

        Assert.Equal([10, 20, 30, 30, 40], cells.Select(cell => cell.Read(3000)));
    }

    /// <summary>Late, repeated and unknown readings and looks ahead, not more than one reading in a part.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_is_exact_while_no_two_readings_share_a_240th_of_the_window(int seed)
    {
        var random = new Random(seed);
        var cells = Shares.Select(share => (share, Run: new CellRun(new QuantileCell(share, WindowMs)))).ToList();
        var readings = new Dictionary<long, double>();
        var (part, newest) = (-200L, long.MinValue);
        for (var i = 0; i < 800; i++)
        {
            part += random.Next(12) == 0 ? random.Next(300) : random.Next(1, 4);
            var late = random.Next(6) == 0 ? part - random.Next(300) : part;
            var time = (late * PartMs) + ((late * 37 % PartMs + PartMs) % PartMs);
            var value = random.Next(10) == 0 ? double.NaN : random.Next(3) == 0 ? random.Next(5) : random.NextDouble() * 100;
            if (readings.ContainsKey(time))
            {
                continue;
            }

            newest = Math.Max(newest, time);
            readings[time] = value;
            cells.ForEach(cell => cell.Run.Feed(time, value));
            var at = newest + (random.Next(5) == 0 ? random.Next(90_000) : 0);
            var inWindow = readings.Where(reading => !double.IsNaN(reading.Value) && at - reading.Key < WindowMs).Select(reading => reading.Value).Order().ToList();
            Assert.All(cells, cell => Assert.Equal(Exact(inWindow, cell.share), cell.Run.Read(at)));
        }
    }

    /// <summary>At 100 readings in each part: white noise, long tails, walks, a period in step with the parts, steps.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Beyond_that_the_rank_that_it_finds_is_near_the_one_asked_for(int seed)
    {
        var random = new Random(seed);
        var walk = 0.0;
        Func<long, double>[] signals =
        [
            _ => random.NextDouble(),
            _ => Math.Exp(5 * random.NextDouble()),
            _ => walk += random.NextDouble() - 0.5,
            time => Math.Sin(2 * Math.PI * time / PartMs) + (random.NextDouble() * 1e-6),
            time => (time / 7_000 % 3) + (random.NextDouble() * 1e-6),
        ];
        foreach (var (kind, signal) in signals.Index())
        {
            var readings = new List<double>();
            var cells = Shares.Select(share => (share, Run: new CellRun(new QuantileCell(share, WindowMs)))).ToList();
            for (var time = 0L; time < WindowMs; time += 2)
            {
                var value = signal(time);
                readings.Add(value);
                cells.ForEach(cell => cell.Run.Feed(time, value));
            }

            readings.Sort();
            foreach (var (share, run) in cells)
            {
                var rank = readings.BinarySearch(run.Read(WindowMs - 2));
                var error = Math.Abs(((double)rank / readings.Count) - share);
                var bound = (5 * Math.Sqrt(share * (1 - share) / QuantileCell.Parts)) + (12.0 / QuantileCell.Parts);
                Assert.True(error <= bound, $"seed {seed}, signal {kind}, share {share}: off by {error}, more than {bound}");
            }
        }
    }

    /// <summary>1700 ms are not 240 whole milliseconds.</summary>
    [Theory]
    [InlineData(1700)]
    [InlineData(1000)]
    [InlineData(10_001)]
    public void A_reading_as_old_as_the_window_is_out_of_it(long windowMs)
    {
        var cell = new CellRun(new QuantileCell(1, windowMs));
        cell.Feed(5, 3);
        cell.Feed(1000, 1);
        Assert.Equal((3, 1), (cell.Read(4 + windowMs), cell.Read(5 + windowMs)));
        cell.Feed(5 + windowMs, 2);
        Assert.Equal(2, cell.Read(5 + windowMs));
    }

    [Fact]
    public void What_is_kept_does_not_depend_on_the_order_in_which_readings_came()
    {
        var (inOrder, late) = (new CellRun(new QuantileCell(0.5, WindowMs)), new CellRun(new QuantileCell(0.5, WindowMs)));
        var readings = Enumerable.Range(0, 3000).Select(i => (Time: i * 20L, Value: (double)(i * 7919 % 1000))).ToArray();
        foreach (var (time, value) in readings)
        {
            inOrder.Feed(time, value);
        }

        late.Feed(readings[^1].Time, readings[^1].Value);
        var shuffled = readings[..^1];
        new Random(5).Shuffle(shuffled);
        foreach (var (time, value) in shuffled)
        {
            late.Feed(time, value);
        }

        Assert.Equal(inOrder.Read(readings[^1].Time), late.Read(readings[^1].Time));
    }

    [Fact]
    public void A_window_of_days_takes_no_more_memory_than_one_of_a_minute() =>
        Assert.Equal(new QuantileCell(0.5, WindowMs).Words, new QuantileCell(0.5, 31L * 86_400_000).Words);

    [Fact]
    public void A_rule_can_ask_for_it() => Assert.Equal(
        "firing@3.5 resolved@13",
        new TickScript("expr: quantile(co, 0.5, 10s) > 20").Row(0, ("co", 10)).Row(1, ("co", 30)).Row(2, ("co", 5)).Row(3, ("co", 31)).Row(3.5, ("co", 32))
            .Row(12, ("co", 1)).Row(13, ("co", 1)).Steps);

    [Theory]
    [InlineData("quantile(co, 1.5, 5m) > 1", "this is not a number that can stand here")]
    [InlineData("quantile(co, 5m, 0.5) > 1", "this is not a number that can stand here")]
    [InlineData("quantile(co, 0.5) > 1", "'quantile' takes 3 arguments, not 2")]
    [InlineData("quantile(co, 0.5, 5m) > 1 °C", "ppm, the right side in °C")]
    public void Says_what_is_wrong(string expression, string message)
    {
        var result = RuleSet.Parse([new RuleFile("a.yaml", $"groups: [{{ name: g, rules: [{{ alert: A, tier: general, expr: '{expression}' }}] }}]")]);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.ToString().Contains(message, StringComparison.Ordinal));
    }

    private static double Exact(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling((share * sorted.Count) - 1e-9), 1, sorted.Count) - 1];
}
