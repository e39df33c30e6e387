using Fengsui.Devices.History.Embedded;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

/// <summary>
/// The index is deleted while the store is closed: what it said of deleted readings and of the tiers' positions is guessed
/// from the files, and whatever the guess, steps hold every reading once.
/// </summary>
public sealed class IndexLossTests : IDisposable
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 86_400_000;
    private const long BeginMs = StartMs / MinuteMs * MinuteMs;

    private static readonly HistoryTierOptions[] Tiers =
    [
        new() { Step = TimeSpan.FromSeconds(1), Retention = TimeSpan.FromDays(365_000), BuildLevel = 1 },
        new() { Step = TimeSpan.FromMinutes(1), Retention = TimeSpan.FromDays(365_000), BuildLevel = 2 },
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _plainFolder = new();
    private readonly SetTime _now = new() { NowMs = BeginMs };

    public void Dispose()
    {
        _folder.Dispose();
        _plainFolder.Dispose();
    }

    private EmbeddedHistoryOptions Tiered =>
        Options(_folder.Path) with { Tiers = Tiers, CompactionFanIn = 2, MaxLevel = 3, RawRetention = TimeSpan.FromDays(7) };

    [Fact]
    public async Task Steps_show_the_newest_readings_before_they_are_summed_up()
    {
        var options = Tiered with { Tiers = [Tiers[0] with { BuildLevel = 0 }, Tiers[1]] };
        await using var plain = Open(_plainFolder.Path);
        await using (var history = EmbeddedHistory.Open(options, 1, _now))
        {
            await WriteAsync(history, plain, 1, 40, BeginMs);
            _now.NowMs = BeginMs + (8 * DayMs);
            MaintainAll(history);
            Assert.Equal(0, history.Stats.Groups);

            // Summed up for seconds, in one file with the older ones, but not yet for minutes.
            await WriteAsync(history, plain, 41, 80, _now.NowMs);
            MaintainAll(history);
            Assert.Equal((1, 2), (history.Stats.Groups, history.Stats.TierGroups));
        }

        LoseIndex();
        await using var again = EmbeddedHistory.Open(options, 1, _now);
        Check(plain, again, BeginMs);
        Check(plain, again, _now.NowMs);
        await WriteAsync(again, plain, 81, 100, _now.NowMs);
        Check(plain, again, _now.NowMs);
        MaintainAll(again);
        Check(plain, again, BeginMs);
        Check(plain, again, _now.NowMs);
    }

    [Fact]
    public async Task A_reading_that_comes_late_when_only_tiers_are_left_is_added_to_its_bucket()
    {
        await using var plain = Open(_plainFolder.Path);
        await using (var history = EmbeddedHistory.Open(Tiered, 1, _now))
        {
            await WriteAsync(history, plain, 1, 40, BeginMs);
            _now.NowMs = BeginMs + (8 * DayMs);
            MaintainAll(history);
            Assert.Equal((0, 2), (history.Stats.Groups, history.Stats.TierGroups));
        }

        LoseIndex();
        await using var again = EmbeddedHistory.Open(Tiered, 1, _now);
        var late = Row(1, BeginMs + 12_001, 41, 1_000.0) with { Flags = HistoryRowFlags.Late };
        foreach (var history in (EmbeddedHistory[])[plain, again])
        {
            late.AppendTo(history.Writer(0));
            await FlushAsync(history, 41);
        }

        CheckCounts(plain, again);
        MaintainAll(again);
        CheckCounts(plain, again);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Steps_are_those_of_all_readings_whenever_the_index_is_lost(int seed)
    {
        var random = new Random(seed);
        await using var plain = Open(_plainFolder.Path);
        var history = EmbeddedHistory.Open(Tiered, 1, _now);
        List<long> begins = [BeginMs];
        var position = 1;
        try
        {
            for (var round = 0; round < 60; round++)
            {
                var last = position + random.Next(5, 40);
                await WriteAsync(history, plain, position, last, begins[^1]);
                position = last + 1;
                for (var steps = random.Next(4); steps > 0 && history.MaintainOnce(); steps--)
                {
                }

                if (random.Next(6) == 0)
                {
                    _now.NowMs = begins[^1] + (random.Next(1, 9) * DayMs);
                    begins.Add(_now.NowMs - ((long)position * 400));
                }

                if (random.Next(4) == 0)
                {
                    await history.DisposeAsync();
                    LoseIndex();
                    history = EmbeddedHistory.Open(Tiered, 1, _now);
                }

                foreach (var begin in begins)
                    Check(plain, history, begin);
            }
        }
        finally
        {
            await history.DisposeAsync();
        }
    }

    /// <summary>Rows in order, one each 400 ms by position, of three devices.</summary>
    private static async Task WriteAsync(EmbeddedHistory history, EmbeddedHistory plain, int first, int last, long beginMs)
    {
        for (var position = first; position <= last; position++)
        {
            var row = Row(position % 3, beginMs + (position * 400L), position, position % 7 == 0 ? double.NaN : Math.Round(Math.Sin(position) * 100, 2));
            row.AppendTo(history.Writer(0));
            row.AppendTo(plain.Writer(0));
        }

        await FlushAsync(history, last);
        await FlushAsync(plain, last);
    }

    private void LoseIndex()
    {
        foreach (var file in Directory.GetFiles(_folder.Path, "index.db*"))
            File.Delete(file);
    }

    private static void MaintainAll(EmbeddedHistory history)
    {
        while (history.MaintainOnce())
        {
        }
    }

    private static void Check(EmbeddedHistory plain, EmbeddedHistory history, long fromMs)
    {
        foreach (var stepMs in (ReadOnlySpan<long>)[1000, MinuteMs, 5 * MinuteMs])
        {
            for (var device = 0; device < 3; device++)
            {
                var expected = plain.Aggregate(device, 1, fromMs - MinuteMs, fromMs + (20 * MinuteMs), stepMs).ToList();
                var actual = history.Aggregate(device, 1, fromMs - MinuteMs, fromMs + (20 * MinuteMs), stepMs).ToList();
                Assert.Equal(expected.Select(Exact), actual.Select(Exact));
                foreach (var (one, other) in expected.Zip(actual))
                {
                    Assert.Equal(one.Mean, other.Mean, 1e-9);
                    Assert.Equal(one.TimeWeightedMean, other.TimeWeightedMean, 1e-9);
                }
            }
        }
    }

    private static (long, int, int, double, double, double) Exact(HistoryStep step) =>
        (step.StartMs, step.Count, step.Unusable, step.Min, step.Max, step.Last);

    /// <summary>Without what is not exact for readings later than those that are kept.</summary>
    private static void CheckCounts(EmbeddedHistory plain, EmbeddedHistory history)
    {
        foreach (var stepMs in (ReadOnlySpan<long>)[1000, MinuteMs])
        {
            var expected = plain.Aggregate(1, 1, BeginMs, BeginMs + (5 * MinuteMs), stepMs).Select(step => (step.StartMs, step.Count, step.Min, step.Max));
            Assert.Equal(expected, history.Aggregate(1, 1, BeginMs, BeginMs + (5 * MinuteMs), stepMs).Select(step => (step.StartMs, step.Count, step.Min, step.Max)));
        }
    }

    private sealed class SetTime : TimeProvider
    {
        public long NowMs { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }
}
