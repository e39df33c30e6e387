using Fengsui.Rules.Evaluation.Cells;
using Fengsui.Rules.Evaluation.Cells.Windows;
using Xunit;

namespace Fengsui.Rules.Tests.Functions.Windows;

/// <summary>
/// Every window against the obvious: all readings kept, and those of the buckets in the window looked at. Random series with
/// bursts, gaps, unknown values, repeated and late readings; the seed is the case.
/// </summary>
public sealed class WindowCellTests
{
    private const long WindowMs = 60_000;
    private const long BucketMs = WindowMs / BucketRing.Buckets;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Count_sum_mean_and_deviation_are_those_of_the_readings_in_the_window(int seed) => Compare(
        seed,
        acceptsLate: true,
        (new StatisticCell(Statistic.Count, WindowMs), values => values.Count),
        (new StatisticCell(Statistic.Sum, WindowMs), values => values.Count == 0 ? double.NaN : values.Sum()),
        (new StatisticCell(Statistic.Mean, WindowMs), values => values.Count == 0 ? double.NaN : values.Average()),
        (new StatisticCell(Statistic.StandardDeviation, WindowMs), values => values.Count == 0 ? double.NaN : Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)))));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Extremes_are_those_of_the_readings_in_the_window(int seed) => Compare(
        seed,
        acceptsLate: true,
        (new ExtremeCell(isMaximum: true, WindowMs), values => values.Count == 0 ? double.NaN : values.Max()),
        (new ExtremeCell(isMaximum: false, WindowMs), values => values.Count == 0 ? double.NaN : values.Min()));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void First_last_and_delta_are_those_of_the_readings_in_the_window(int seed) => Compare(
        seed,
        acceptsLate: false,
        (new ChangeCell(ChangeKind.First, WindowMs), values => values.Count == 0 ? double.NaN : values[0]),
        (new ChangeCell(ChangeKind.Last, WindowMs), values => values.Count == 0 ? double.NaN : values[^1]),
        (new ChangeCell(ChangeKind.Delta, WindowMs), values => values.Count == 0 ? double.NaN : values[^1] - values[0]));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_average_weighs_each_reading_with_the_time_that_it_held(int seed)
    {
        const long HoldMs = 5_000;
        var random = new Random(seed);
        var cell = new CellRun(new AverageCell(WindowMs, HoldMs));
        var readings = new List<(long Time, double Value)>();
        foreach (var (time, value) in Series(random, 400, lateShare: 0))
        {
            cell.Feed(time, value);
            readings.Add((time, value));
            var at = time + random.Next(3_000);
            var (area, held) = (0.0, 0.0);
            var from = (Word.Bucket(at, BucketMs) - BucketRing.Buckets) * BucketMs;
            foreach (var (index, reading) in readings.Index())
            {
                var until = Math.Min(index + 1 < readings.Count ? readings[index + 1].Time : at, reading.Time + HoldMs);
                var length = Math.Max(0, until - Math.Max(reading.Time, from));
                area += double.IsNaN(reading.Value) ? 0 : reading.Value * length;
                held += double.IsNaN(reading.Value) ? 0 : length;
            }

            AssertNear(held > 0 ? area / held : value, cell.Read(at), seed, at);
        }
    }

    [Fact]
    public void A_window_of_days_takes_no_more_memory_than_one_of_a_minute() => Assert.All(
        (Func<long, Cell>[])
        [
            window => new StatisticCell(Statistic.Mean, window), window => new ExtremeCell(true, window),
            window => new ChangeCell(ChangeKind.Delta, window), window => new AverageCell(window, 60_000), window => new ChangesCell(window),
        ],
        create =>
        {
            Assert.Equal(create(60_000).Words, create(30L * 86_400_000).Words);
            Assert.InRange(create(60_000).Words, 1, 300);
        });

    [Theory]
    [InlineData(10_000, 1_000, 0)]
    [InlineData(10_000, 1_000, 333)]
    [InlineData(7_000, 1_000, 999)]
    [InlineData(60_000, 1_000, 500)]
    [InlineData(3_600_000, 60_000, 1)]
    [InlineData(86_400_000, 3_600_000, 1_234_567)]
    public void A_reading_as_old_as_the_window_is_out_of_it(long windowMs, long stepMs, long phaseMs)
    {
        var (count, max, first) = (new CellRun(new StatisticCell(Statistic.Count, windowMs)), new CellRun(new ExtremeCell(true, windowMs)), new CellRun(new ChangeCell(ChangeKind.First, windowMs)));
        var inWindow = windowMs / stepMs;
        for (var i = 0; i < 5 * inWindow; i++)
        {
            var time = phaseMs + (i * stepMs);
            count.Feed(time, 1);
            max.Feed(time, -i);
            first.Feed(time, i);
            var oldest = Math.Max(0, i - inWindow + 1);
            Assert.Equal((Math.Min(i + 1, inWindow), -oldest, oldest), (count.Read(time), max.Read(time), first.Read(time)));
        }
    }

    [Fact]
    public void At_a_high_rate_no_reading_of_the_window_is_missed_and_at_most_a_sixtieth_more_is_seen()
    {
        var count = new CellRun(new StatisticCell(Statistic.Count, WindowMs));
        for (var time = 0L; time < 5 * WindowMs; time += 100)
        {
            count.Feed(time, 1);
            if (time >= 2 * WindowMs)
            {
                Assert.InRange(count.Read(time), 600, 610);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_sum_of_whole_numbers_is_whole(int seed)
    {
        var random = new Random(seed);
        var (sum, readings) = (new CellRun(new StatisticCell(Statistic.Sum, WindowMs)), new List<int>());
        for (var time = 0; time < WindowMs; time += 250)
        {
            readings.Add(random.Next(7));
            sum.Feed(time, readings[^1]);
            Assert.Equal(readings.Sum(), sum.Read(time));
        }
    }

    /// <summary>A product of nothing and a negative number is a negative zero.</summary>
    [Fact]
    public void A_zero_with_a_sign_is_no_change()
    {
        var cell = new CellRun(new ChangesCell(WindowMs));
        cell.Feed(0, 0);
        cell.Feed(1000, -0.0);
        Assert.Equal(0, cell.Read(1000));
    }

    [Fact]
    public void A_rate_is_the_change_per_second_between_the_oldest_and_the_newest_reading()
    {
        var cell = new CellRun(new ChangeCell(ChangeKind.Rate, WindowMs));
        cell.Feed(0, 10);
        Assert.Equal(double.NaN, cell.Read(0));
        cell.Feed(10_000, 25);
        Assert.Equal(1.5, cell.Read(10_000));
    }

    [Fact]
    public void Changes_counts_changes_and_not_readings()
    {
        var cell = new CellRun(new ChangesCell(WindowMs));
        double[] values = [1, 1, 0, 0, 1, double.NaN, 1, 0];
        foreach (var (second, value) in values.Index())
        {
            cell.Feed(second * 1_000, value);
        }

        Assert.Equal(3, cell.Read(8_000));
        Assert.Equal(0, cell.Read(200_000));
    }

    [Fact]
    public void N_of_m_looks_back_on_readings_whose_truth_is_known()
    {
        var cell = new CellRun(new RecentTruthsCell(2, 3));
        var seen = ((double[])[1, 0, double.NaN, 1, 0, 0, 1, 1]).Select((truth, i) =>
        {
            cell.Feed(i, truth);
            return cell.Read(i);
        });
        Assert.Equal([double.NaN, double.NaN, double.NaN, 1, 0, 0, 0, 1], seen);
    }

    [Fact]
    public void N_of_m_is_false_before_m_readings_only_when_n_cannot_be_reached()
    {
        var cell = new CellRun(new RecentTruthsCell(2, 3));
        Assert.Equal(double.NaN, cell.Read(0));
        cell.Feed(1, 0);
        Assert.Equal(double.NaN, cell.Read(1));
        cell.Feed(2, 0);
        Assert.Equal(0, cell.Read(2));
    }

    [Fact]
    public void N_of_m_looks_back_on_as_many_readings_as_a_word_has_room_for()
    {
        var cell = new CellRun(new RecentTruthsCell(63, 63));
        for (var i = 0; i < 200; i++)
        {
            cell.Feed(i, i == 100 ? 0 : 1);
            Assert.Equal(i < 62 ? double.NaN : i is >= 100 and < 163 ? 0 : 1, cell.Read(i));
        }
    }

    private static void Compare(int seed, bool acceptsLate, params (Cell Cell, Func<List<double>, double> Obvious)[] cases)
    {
        var random = new Random(seed);
        var cells = cases.Select(item => new CellRun(item.Cell)).ToList();
        var readings = new List<(long Time, double Value)>();
        var newest = long.MinValue;
        foreach (var (time, value) in Series(random, 500, acceptsLate ? 0.15 : 0))
        {
            cells.ForEach(cell => cell.Feed(time, value));
            newest = Math.Max(newest, time);
            if (!double.IsNaN(value))
            {
                readings.Add((time, value));
            }

            var at = newest + (random.Next(4) == 0 ? random.Next(90_000) : 0);
            var inWindow = readings
                .GroupBy(reading => Word.Bucket(reading.Time, BucketMs))
                .Where(bucket => at - bucket.Max(reading => reading.Time) < WindowMs)
                .SelectMany(bucket => bucket)
                .Select(reading => reading.Value)
                .ToList();
            foreach (var (cell, item) in cells.Zip(cases))
            {
                AssertNear(item.Obvious(inWindow), cell.Read(at), seed, at);
            }
        }
    }

    private static IEnumerable<(long Time, double Value)> Series(Random random, int count, double lateShare)
    {
        var time = -30_000L;
        for (var i = 0; i < count; i++)
        {
            time += random.Next(20) switch { 0 => random.Next(120_000), < 4 => 0, < 12 => 100, _ => random.Next(3_000) };
            var at = random.NextDouble() < lateShare ? time - random.Next(80_000) : time;
            yield return (at, random.Next(12) == 0 ? double.NaN : 1e6 + (random.NextDouble() * 100) - 50);
        }
    }

    private static void AssertNear(double expected, double actual, int seed, long at)
    {
        var isNear = double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected));
        Assert.True(isNear, $"seed {seed}, at {at}: expected {expected}, got {actual}");
    }
}
