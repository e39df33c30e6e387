using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

public sealed class TierTests : IDisposable
{
    private const long MinuteMs = 60_000;
    private const long BeginMs = StartMs / MinuteMs * MinuteMs;

    private static readonly HistoryTierOptions[] Tiers =
    [
        new() { Step = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromDays(365_000), BuildLevel = 1 },
        new() { Step = TimeSpan.FromMinutes(1), Retention = TimeSpan.FromDays(365_000), BuildLevel = 2 },
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _plainFolder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _plainFolder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Steps_from_tiers_are_those_from_readings_whatever_came_late(int seed)
    {
        var random = new Random(seed);
        var options = Options(_folder.Path) with { CompactionFanIn = 3, Tiers = Tiers };
        await using var history = Open(options);
        await using var plain = Open(Options(_plainFolder.Path) with { CompactionFanIn = 3 });
        for (var position = 1; position <= 4000; position++)
        {
            var row = RandomRow(random, position);
            row.AppendTo(history.Writer(0));
            row.AppendTo(plain.Writer(0));
            if (position % 100 == 0)
            {
                await FlushAsync(history, position);
                await FlushAsync(plain, position);
                if (random.Next(3) == 0)
                    MaintainAll(history);
                CheckSteps(plain, history, random);
            }
        }

        MaintainAll(history);
        Assert.True(history.Stats.TiersBuilt > 15, $"{history.Stats.TiersBuilt} built");
        CheckAll(plain, history);
    }

    [Fact]
    public async Task Tiers_outlive_the_readings_and_a_restart()
    {
        var now = new FixedTime { NowMs = BeginMs };
        var options = Options(_folder.Path) with { CompactionFanIn = 4, MaxLevel = 2, Tiers = Tiers, RawRetention = TimeSpan.FromDays(7) };
        await using var plain = Open(Options(_plainFolder.Path));
        await using (var history = EmbeddedHistory.Open(options, 1, now))
        {
            for (var position = 1; position <= 2000; position++)
            {
                var row = Row(position % 3, BeginMs + (position * 250), position, Math.Round(Math.Sin(position) * 100, 2));
                row.AppendTo(history.Writer(0));
                row.AppendTo(plain.Writer(0));
                if (position % 100 == 0)
                    await FlushAsync(history, position);
            }

            await FlushAsync(plain, 2000);
            MaintainAll(history);
            CheckAll(plain, history);
            now.NowMs = BeginMs + (long)TimeSpan.FromDays(8).TotalMilliseconds;
            MaintainAll(history);
            Assert.Equal(0, history.Stats.Groups);
            Assert.Empty(All(history, 1, 1));
            CheckAll(plain, history);
        }

        await using var again = EmbeddedHistory.Open(options, 1, now);
        CheckAll(plain, again);
        Assert.Equal(2000, again.CommittedPosition);
    }

    [Fact]
    public async Task Late_readings_are_added_to_buckets_whose_readings_are_gone()
    {
        var now = new FixedTime { NowMs = BeginMs };
        var options = Options(_folder.Path) with { CompactionFanIn = 2, MaxLevel = 1, Tiers = [Tiers[0] with { BuildLevel = 0 }], RawRetention = TimeSpan.FromDays(7) };
        await using var history = EmbeddedHistory.Open(options, 1, now);
        Row(1, BeginMs + 100, 1, 10.0).AppendTo(history.Writer(0));
        Row(1, BeginMs + 300, 2, 30.0).AppendTo(history.Writer(0));
        await FlushAsync(history, 2);
        MaintainAll(history);
        now.NowMs = BeginMs + (long)TimeSpan.FromDays(8).TotalMilliseconds;
        MaintainAll(history);
        Assert.Equal(0, history.Stats.Groups);

        (Row(1, BeginMs + 200, 3, 50.0) with { Flags = HistoryRowFlags.Late }).AppendTo(history.Writer(0));
        Row(1, BeginMs + 1200, 4, 5.0).AppendTo(history.Writer(0));
        Row(1, now.NowMs, 5, 1.0).AppendTo(history.Writer(0));
        await FlushAsync(history, 5);
        MaintainAll(history);

        var steps = history.Aggregate(1, 1, BeginMs, BeginMs + 2000, 1000).ToList();
        Assert.Equal((3, 10.0, 50.0, 30.0, 30.0), (steps[0].Count, steps[0].Min, steps[0].Max, steps[0].Mean, steps[0].Last));
        Assert.Equal((1, 5.0), (steps[1].Count, steps[1].Mean));
    }

    [Fact]
    public async Task Readings_wait_for_the_tiers_before_they_are_deleted()
    {
        var now = new FixedTime { NowMs = BeginMs + (long)TimeSpan.FromDays(30).TotalMilliseconds };
        await using var history = EmbeddedHistory.Open(Options(_folder.Path) with { Tiers = Tiers, RawRetention = TimeSpan.FromDays(7) }, 1, now);
        Row(1, BeginMs, 1, 10.0).AppendTo(history.Writer(0));
        await FlushAsync(history, 1);
        MaintainAll(history);
        Assert.Equal((0, 2), (history.Stats.Groups, history.Stats.TierGroups));
        Assert.Equal(10.0, Assert.Single(history.Aggregate(1, 1, BeginMs, BeginMs + 1, MinuteMs)).Mean);
    }

    [Fact]
    public async Task Each_tier_is_deleted_in_whole_groups_when_its_own_time_is_over()
    {
        var now = new FixedTime { NowMs = BeginMs };
        HistoryTierOptions[] tiers = [Tiers[0] with { Retention = TimeSpan.FromDays(90), BuildLevel = 0 }, Tiers[1] with { Retention = TimeSpan.FromDays(1825), BuildLevel = 0 }];
        await using var history = EmbeddedHistory.Open(Options(_folder.Path) with { Tiers = tiers, RawRetention = TimeSpan.FromDays(7) }, 1, now);
        Row(1, BeginMs, 1, 10.0).AppendTo(history.Writer(0));
        Row(1, BeginMs + 30_000, 2, 20.0).AppendTo(history.Writer(0));
        await FlushAsync(history, 2);
        foreach (var (day, groups) in (ReadOnlySpan<(int, int)>)[(8, 2), (91, 1), (1820, 1), (1826, 0)])
        {
            now.NowMs = BeginMs + (long)TimeSpan.FromDays(day).TotalMilliseconds;
            MaintainAll(history);
            Assert.Equal((day, groups), (day, history.Stats.TierGroups));
            Assert.Equal(groups, Directory.GetFiles(_folder.Path, "*.fsh").Length);
            var mean = history.Aggregate(1, 1, BeginMs, BeginMs + 1, MinuteMs).Select(step => step.Mean);
            Assert.Equal(groups > 0 ? [15.0] : [], mean);
        }
    }

    [Fact]
    public async Task A_step_that_is_no_multiple_of_a_tier_comes_from_readings_and_where_they_are_gone_from_buckets()
    {
        var now = new FixedTime { NowMs = BeginMs };
        var options = Options(_folder.Path) with { Tiers = [Tiers[0] with { BuildLevel = 0 }], RawRetention = TimeSpan.FromDays(7) };
        await using var history = EmbeddedHistory.Open(options, 1, now);
        for (var i = 0; i < 60; i++)
            Row(1, BeginMs + (i * 100), i + 1, i).AppendTo(history.Writer(0));
        await FlushAsync(history, 60);
        MaintainAll(history);
        Assert.Equal([15, 15, 15, 15], history.Aggregate(1, 1, BeginMs, BeginMs + 6000, 1500).Select(step => step.Count));
        now.NowMs = BeginMs + (long)TimeSpan.FromDays(8).TotalMilliseconds;
        MaintainAll(history);
        Assert.Equal([20, 10, 20, 10], history.Aggregate(1, 1, BeginMs, BeginMs + 6000, 1500).Select(step => step.Count));
    }

    [Fact]
    public async Task Metrics_that_are_no_numbers_are_left_out_of_tiers()
    {
        var options = Options(_folder.Path) with { Tiers = [Tiers[0] with { BuildLevel = 0 }], IsAggregated = metric => metric != 2 };
        await using var history = Open(options);
        Row(1, BeginMs, 1, 10.0, 20.0).AppendTo(history.Writer(0));
        await FlushAsync(history, 1);
        MaintainAll(history);
        Assert.Equal(1, history.Stats.TierBuckets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_a_tier_that_is_lost_or_damaged_is_made_again_from_the_readings(bool isDamaged)
    {
        var options = Options(_folder.Path) with { Tiers = [Tiers[0] with { BuildLevel = 0 }] };
        await using var plain = Open(Options(_plainFolder.Path));
        await using (var history = Open(options))
        {
            for (var position = 1; position <= 100; position++)
            {
                var row = Row(1, BeginMs + (position * 300), position, position);
                row.AppendTo(history.Writer(0));
                row.AppendTo(plain.Writer(0));
                if (position % 20 == 0)
                    await FlushAsync(history, position);
            }

            await FlushAsync(plain, 100);
            MaintainAll(history);
        }

        var second = Directory.GetFiles(_folder.Path, "t1000-*.fsh").Order().ElementAt(1);
        if (isDamaged)
            await File.WriteAllBytesAsync(second, new byte[200]);
        else
            File.Delete(second);
        var incidents = new List<HistoryIncidentKind>();
        await using var again = Open(options with { OnIncident = incident => incidents.Add(incident.Kind) });
        Assert.Equal([isDamaged ? HistoryIncidentKind.GroupQuarantined : HistoryIncidentKind.GroupMissing], incidents);
        CheckAll(plain, again);
        MaintainAll(again);
        Assert.Equal(5, again.Stats.TierGroups);
        CheckAll(plain, again);
    }

    [Fact]
    public async Task Tiers_survive_the_loss_of_the_index()
    {
        var now = new FixedTime { NowMs = BeginMs };
        var options = Options(_folder.Path) with { Tiers = Tiers, CompactionFanIn = 2, MaxLevel = 2, RawRetention = TimeSpan.FromDays(7) };
        await using var plain = Open(Options(_plainFolder.Path));
        await using (var history = EmbeddedHistory.Open(options, 1, now))
        {
            for (var position = 1; position <= 400; position++)
            {
                var row = Row(1, BeginMs + (position * 300) + (position > 240 ? (long)TimeSpan.FromDays(9).TotalMilliseconds : 0), position, position);
                row.AppendTo(history.Writer(0));
                row.AppendTo(plain.Writer(0));
                if (position % 20 == 0)
                    await FlushAsync(history, position);
            }

            now.NowMs = BeginMs + (long)TimeSpan.FromDays(9).TotalMilliseconds;
            MaintainAll(history);
        }

        await FlushAsync(plain, 400);
        foreach (var file in Directory.GetFiles(_folder.Path, "index.db*"))
            File.Delete(file);
        await using var again = EmbeddedHistory.Open(options, 1, now);
        MaintainAll(again);
        foreach (var from in (ReadOnlySpan<long>)[BeginMs, now.NowMs])
        {
            Assert.NotEmpty(Steps(plain, from, MinuteMs));
            CheckSame(Steps(plain, from, MinuteMs), Steps(again, from, MinuteMs), "after the loss");
        }

        static List<HistoryStep> Steps(EmbeddedHistory history, long from, long step) =>
            [.. history.Aggregate(1, 1, from, from + (5 * MinuteMs), step)];
    }

    private static TestRow RandomRow(Random random, int position)
    {
        var time = BeginMs + (position * 150) + (random.Next(20) == 0 ? -random.Next(120_000) : 0);
        var row = Row(random.Next(3), time, position, random.Next(8) == 0 ? double.NaN : Math.Round(random.NextDouble() * 50, 2), random.Next(5));
        return random.Next(10) == 0 ? row with { Qualities = [(Quality)random.Next(3), (Quality)random.Next(3)] } : row;
    }

    private static void MaintainAll(EmbeddedHistory history)
    {
        while (history.MaintainOnce())
        {
        }
    }

    private static void CheckSteps(EmbeddedHistory plain, EmbeddedHistory history, Random random)
    {
        var step = random.Next(6) switch { 0 => 700, 1 => 1000, 2 => 5000, 3 => MinuteMs, 4 => 3 * MinuteMs, _ => 90_000L };
        var from = BeginMs + random.Next(600_000);
        var (device, metric) = (random.Next(3), (ushort)random.Next(1, 3));
        var to = from + random.Next(1, 400_000);
        CheckSame(
            [.. plain.Aggregate(device, metric, from, to, step)],
            [.. history.Aggregate(device, metric, from, to, step)],
            $"device {device}, metric {metric}, {from} to {to} by {step}");
    }

    private static void CheckAll(EmbeddedHistory plain, EmbeddedHistory history)
    {
        Assert.NotEmpty(plain.Aggregate(1, 1, BeginMs - MinuteMs, BeginMs + 900_000, MinuteMs));
        foreach (var step in (ReadOnlySpan<long>)[1000, 2000, MinuteMs, 5 * MinuteMs])
        {
            for (var device = 0; device < 3; device++)
            {
                CheckSame(
                    [.. plain.Aggregate(device, 1, BeginMs - MinuteMs, BeginMs + 900_000, step)],
                    [.. history.Aggregate(device, 1, BeginMs - MinuteMs, BeginMs + 900_000, step)],
                    $"device {device} by {step}");
            }
        }
    }

    private static void CheckSame(List<HistoryStep> expected, List<HistoryStep> actual, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{expected.Count} and {actual.Count} steps: {what}");
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(
                (one.StartMs, one.Count, one.Unusable, one.Min, one.Max, one.Last),
                (other.StartMs, other.Count, other.Unusable, other.Min, other.Max, other.Last));
            Assert.Equal(one.Mean, other.Mean, 1e-9);
            Assert.Equal(one.TimeWeightedMean, other.TimeWeightedMean, 1e-9);
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public long NowMs { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }
}
