using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;
using Fengsui.Support;
using Xunit;
using static Fengsui.Devices.Tests.History.HistoryFixture;

namespace Fengsui.Devices.Tests.History;

public sealed class EmbeddedHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_are_readable_before_and_after_the_flush_and_after_a_restart()
    {
        await using (var history = Open(_folder.Path))
        {
            Assert.Equal(-1, history.CommittedPosition);
            for (var i = 0; i < 10; i++)
                Row(4, StartMs + i, 100 + i, i, i * 0.5).AppendTo(history.Writer(0));
            Check(history);
            await FlushAsync(history, 109);
            Check(history);
            Assert.Equal(109, history.CommittedPosition);
        }

        await using var again = Open(_folder.Path);
        Assert.Equal(109, again.CommittedPosition);
        Check(again);
        Row(4, StartMs + 9, 109, 9, 4.5).AppendTo(again.Writer(0));
        Assert.Equal(1, again.Stats.ReplayedRows);
        Check(again);

        static void Check(EmbeddedHistory history)
        {
            var readings = history.Query(4, 2, StartMs + 2, StartMs + 8).ToList();
            var expected = Enumerable.Range(2, 6)
                .Select(i => new HistoryReading(StartMs + i, i * 0.5, Quality.Good, 100 + i, StartMs + i + 7, 104));
            Assert.Equal(expected, readings);
        }
    }

    [Fact]
    public async Task Any_rows_in_any_order_read_the_same_as_a_sorted_list()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var options = Options(_folder.Path) with { CompactionFanIn = 3, ArenaSizeBytes = 8192, ArenasPerShard = 3 };
        await using var history = Open(options);
        var expected = new List<(int Device, ushort Metric, HistoryReading Reading)>();
        for (var position = 1; position <= 3000; position++)
        {
            var device = random.Next(20);
            var time = StartMs + (position * 10) + (random.Next(10) == 0 ? -random.Next(20_000) : 0);
            var values = Enumerable.Range(0, random.Next(3) switch { 0 => 1, 1 => 2, _ => 5 }).Select(_ => (double)random.Next(100)).ToArray();
            var row = Row(device, time, position, values);
            row = random.Next(4) == 0 ? row with { Qualities = [.. values.Select(_ => (Quality)random.Next(3))] } : row;
            row.AppendTo(history.Writer(0));
            for (var i = 0; i < values.Length; i++)
                expected.Add((device, row.Shape.Metrics[i], new HistoryReading(time, values[i], row.Qualities.Length > 0 ? row.Qualities[i] : Quality.Good, position, row.ReceiveTimeMs, row.Source)));
            if (random.Next(150) == 0)
                await FlushAsync(history, position);
            if (random.Next(300) == 0)
                history.MaintainOnce();
        }

        for (var device = 0; device < 20; device++)
        {
            foreach (ushort metric in (ReadOnlySpan<ushort>)[1, 2, 5])
            {
                var (from, to) = (StartMs + random.Next(15_000), StartMs + random.Next(15_000, 30_000));
                var wanted = expected
                    .Where(entry => entry.Device == device && entry.Metric == metric && entry.Reading.EventTimeMs >= from && entry.Reading.EventTimeMs < to)
                    .Select(entry => (entry.Reading.EventTimeMs, entry.Reading.Value))
                    .Distinct()
                    .Order();
                var actual = history.Query(device, metric, from, to).ToList();
                Assert.Equal(actual.Select(reading => reading.EventTimeMs).Order(), actual.Select(reading => reading.EventTimeMs));
                Assert.True(wanted.SequenceEqual(actual.Select(reading => (reading.EventTimeMs, reading.Value)).Order()), $"seed {seed}, device {device}, metric {metric}");
                Assert.All(actual, reading => Assert.Contains((device, metric, reading), expected));
            }
        }
    }

    [Fact]
    public async Task Late_rows_lose_the_readings_that_are_stored_already_and_only_those()
    {
        await using var history = Open(_folder.Path);
        var writer = history.Writer(0);
        Row(1, StartMs, 1, 10, 20).AppendTo(writer);
        await FlushAsync(history, 1);
        Late(Row(1, StartMs, 2, 10, 20), source: 8);
        Late(Row(1, StartMs, 3, 10, 21), source: 9);
        Late(Row(1, StartMs, 4, 10, 21), source: 9);
        Late(Row(1, StartMs + 1, 5, 10, 20), source: 9);
        Late(Row(2, StartMs, 6, 10, 20), source: 9);
        Late(Row(1, StartMs, 7, double.NaN, -0.0), source: 9);
        Late(Row(1, StartMs, 8, double.NaN, 0.0), source: 9);
        await FlushAsync(history, 10);

        Assert.Equal([new(10, 8, 2), new(10, 9, 4)], history.LateDuplicatesAfter(1));
        Assert.Equal(6, history.Stats.LateDuplicateReadings);
        Assert.Equal([10.0, double.NaN, 10.0], All(history, 1, 1).Select(reading => reading.Value));
        Assert.Equal([20.0, 21.0, -0.0, 0.0, 20.0], All(history, 1, 2).Select(reading => reading.Value));
        Assert.Equal(2 + 1 + 2 + 2 + 2 + 1, history.Stats.Readings);

        void Late(TestRow row, int source) => (row with { Flags = HistoryRowFlags.Late, Source = source }).AppendTo(writer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(200)]
    public async Task Late_duplicates_are_the_same_wherever_the_marks_fall(int rowsPerMark)
    {
        var random = new Random(11);
        var seen = new HashSet<(int Device, long TimeMs, ushort Metric, double Value)>();
        var expected = new long[3];
        await using var history = Open(_folder.Path);
        for (var position = 1; position <= 200; position++)
        {
            var row = Row(random.Next(2), StartMs + random.Next(20), position, random.Next(3), random.Next(3));
            row = row with { Flags = HistoryRowFlags.Late, Source = random.Next(3) };
            row.AppendTo(history.Writer(0));
            for (var i = 0; i < 2; i++)
                expected[row.Source] += seen.Add((row.Device, row.TimeMs, row.Shape.Metrics[i], row.Values[i])) ? 0 : 1;
            if (position % rowsPerMark == 0)
                await FlushAsync(history, position);
        }

        await FlushAsync(history, 201);
        var totals = history.LateDuplicatesAfter(-1).GroupBy(count => count.Source).OrderBy(group => group.Key).Select(group => group.Sum(count => count.Readings)).ToArray();
        Assert.True(expected.Sum() > 100);
        Assert.Equal(expected, totals);
        Assert.Equal(400, totals.Sum() + history.Stats.Readings);
    }

    [Fact]
    public async Task Shards_flush_together_at_the_mark_that_all_have_given()
    {
        await using var history = Open(Options(_folder.Path), shards: 2);
        Row(1, StartMs, 1, 1).AppendTo(history.Writer(0));
        Row(2, StartMs, 2, 2).AppendTo(history.Writer(1));
        history.Writer(0).Mark(5);
        Assert.Equal(-1, history.CommittedPosition);
        Row(1, StartMs + 1, 6, 3).AppendTo(history.Writer(0));
        history.Writer(1).Mark(5);
        await history.WaitForPositionAsync(5).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, history.Stats.Rows);
        Assert.Equal([1.0, 3.0], All(history, 1, 1).Select(reading => reading.Value));
        Assert.Throws<InvalidOperationException>(() => history.Writer(1).Mark(4));
    }

    [Fact]
    public async Task A_mark_without_rows_moves_the_position_and_writes_no_file()
    {
        await using (var history = Open(_folder.Path))
            await FlushAsync(history, 77);
        await using var again = Open(_folder.Path);
        Assert.Equal(77, again.CommittedPosition);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.fsh"));
    }

    [Fact]
    public async Task A_shard_that_fills_its_arenas_before_a_mark_gets_more_and_is_counted()
    {
        await using var history = Open(Options(_folder.Path) with { ArenaSizeBytes = 4096 });
        for (var i = 1; i <= 1000; i++)
            Row(1, StartMs + i, i, i).AppendTo(history.Writer(0));
        Assert.True(history.Stats.OverflowArenas > 0);
        Assert.True(history.Writer(0).PendingBytes >= 48_000);
        Assert.Equal(1000, All(history, 1, 1).Count);
        await FlushAsync(history, 1000);
        Assert.Equal(1000, All(history, 1, 1).Count);
        Assert.Equal(0, history.Writer(0).PendingBytes);
    }

    [Fact]
    public async Task Rows_beyond_the_bounds_are_refused_and_counted()
    {
        await using var history = Open(Options(_folder.Path) with { MaxDevices = 10 });
        var writer = history.Writer(0);
        Assert.False(writer.Append(10, 0, Alone, HistoryRowFlags.None, [1.0], [], 1, 0, 0));
        Assert.False(writer.Append(-1, 0, Alone, HistoryRowFlags.None, [1.0], [], 1, 0, 0));
        Assert.False(writer.Append(1, 0, Alone, HistoryRowFlags.None, [1.0, 2.0], [], 1, 0, 0));
        Assert.False(writer.Append(1, 0, Alone, HistoryRowFlags.None, [1.0], [Quality.Bad, Quality.Bad], 1, 0, 0));
        Assert.True(writer.Append(9, 0, Alone, HistoryRowFlags.None, [1.0], [], 1, 0, 0));
        Assert.Equal(4, history.Stats.RefusedRows);
    }

    [Fact]
    public async Task WantsMark_asks_by_bytes_and_by_age()
    {
        await using var history = Open(Options(_folder.Path) with { FlushBytes = 1000, FlushInterval = TimeSpan.FromSeconds(1) });
        Assert.False(history.WantsMark(StartMs));
        Row(1, StartMs, 1, 1).AppendTo(history.Writer(0));
        Assert.False(history.WantsMark(StartMs + 1006));
        Assert.True(history.WantsMark(StartMs + 1007));
        for (var i = 2; i < 30; i++)
            Row(1, StartMs, i, i).AppendTo(history.Writer(0));
        Assert.True(history.WantsMark(StartMs));
        await FlushAsync(history, 30);
        Assert.False(history.WantsMark(StartMs + 10_000));
    }

    [Fact]
    public async Task Append_allocates_nothing()
    {
        await using var history = Open(Options(_folder.Path) with { ArenaSizeBytes = 16 << 20 });
        var writer = history.Writer(0);
        double[] values = [1, 2, 3, 4, 5];
        for (var device = 0; device < 2000; device++)
            writer.Append(device, StartMs, Five, HistoryRowFlags.None, values, [], 1, StartMs, 0);
        var row = 0;
        var least = Allocation.LeastOf(() =>
        {
            for (var i = 0; i < 12_500; i++, row++)
                writer.Append(row % 2000, StartMs + row, Five, HistoryRowFlags.None, values, [], row + 2, StartMs, 0);
        });
        Assert.Equal(0, least);
        Assert.Equal(0, history.Stats.RefusedRows);
    }

    [Fact]
    public async Task A_query_beside_appends_flushes_and_merges_sees_an_exact_prefix()
    {
        var options = Options(_folder.Path) with { ArenaSizeBytes = 64 << 10, BackgroundMaintenance = true, CompactionFanIn = 2 };
        await using var history = Open(options);
        var appended = 0;
        var stop = false;
        var writing = Task.Run(() =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                Row(i % 3, StartMs + i, i + 1, i).AppendTo(history.Writer(0));
                Volatile.Write(ref appended, i + 1);
                if (i % 500 == 499)
                    history.Writer(0).Mark(i + 1);
            }
        });
        for (var round = 0; round < 300 || history.Stats.Compactions < 3; round++)
        {
            var before = Volatile.Read(ref appended);
            var values = history.Query(1, 1, StartMs, long.MaxValue).Select(reading => (int)reading.Value).ToList();
            Assert.Equal(Enumerable.Range(0, values.Count).Select(i => (i * 3) + 1), values);
            Assert.True(values.Count >= (before + 1) / 3, $"{values.Count} of {before}");
        }

        Volatile.Write(ref stop, true);
        await writing;
    }

    [Fact]
    public async Task Merging_keeps_every_row_and_retention_deletes_whole_old_groups()
    {
        var options = Options(_folder.Path) with { CompactionFanIn = 4, MaxLevel = 2, RawRetention = TimeSpan.FromDays(7) };
        var now = new FixedTime(StartMs + 20_000);
        await using var history = EmbeddedHistory.Open(options, 1, now);
        for (var flush = 0; flush < 18; flush++)
        {
            for (var i = 0; i < 20; i++)
                Row(i % 4, StartMs + (flush * 1000) + i, (flush * 20) + i + 1, (flush * 20) + i, 1).AppendTo(history.Writer(0));
            await FlushAsync(history, (flush + 1) * 20);
        }

        using var open = history.Query(2, 1, StartMs, long.MaxValue).GetEnumerator();
        Assert.True(open.MoveNext());
        while (history.MaintainOnce())
        {
        }

        Assert.Equal(3, history.Stats.Groups);
        Assert.Equal(5, history.Stats.Compactions);
        Assert.Equal(360, history.Stats.Rows);
        Assert.Equal(90, All(history, 2, 1).Count);
        var rest = 1;
        while (open.MoveNext())
            rest++;
        Assert.Equal(90, rest);
        now.NowMs = StartMs + 16_500 + (long)TimeSpan.FromDays(7).TotalMilliseconds;
        Assert.True(history.MaintainOnce());
        Assert.Equal(1, history.Stats.RetiredGroups - 1);
        Assert.Equal(1, history.Stats.Groups);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.fsh"));
        Assert.Equal(360, history.CommittedPosition);
    }

    [Fact]
    public async Task Steps_hold_min_max_mean_last_count_and_time_weighted_mean()
    {
        await using var history = Open(_folder.Path);
        var start = StartMs / 1000 * 1000;
        var writer = history.Writer(0);
        Row(1, start - 200, 1, 4.0).AppendTo(writer);
        Row(1, start + 100, 2, 10.0).AppendTo(writer);
        Row(1, start + 600, 3, 20.0).AppendTo(writer);
        await FlushAsync(history, 3);
        (Row(1, start + 700, 4, 99.0) with { Qualities = [Quality.Bad] }).AppendTo(writer);
        Row(1, start + 2500, 5, -1.0).AppendTo(writer);
        Row(1, start + 2500, 6, -1.0).AppendTo(writer);

        var steps = history.Aggregate(1, 1, start + 1, start + 4000, 1000).ToList();
        Assert.Equal(3, steps.Count);
        Assert.Equal(new HistoryStep(start, 2, 1, 10, 20, 15, 20, ((4.0 * 100) + (10.0 * 500) + (20.0 * 100)) / 700), steps[0]);
        Assert.Equal(new HistoryStep(start + 2000, 1, 0, -1, -1, -1, -1, -1), steps[1]);
        Assert.Equal((start + 3000, 0, -1.0), (steps[2].StartMs, steps[2].Count, steps[2].TimeWeightedMean));
        Assert.True(double.IsNaN(steps[2].Mean));
    }

    private sealed class FixedTime(long nowMs) : TimeProvider
    {
        public long NowMs { get; set; } = nowMs;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }
}
