using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Devices.Tests.Replay;
using Fengsui.Devices.Tracing;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Tracing;

/// <summary>Where readings came from and where they went, told from the files that an engine leaves.</summary>
public sealed class TracerTests
{
    private const long T0 = 1_700_000_000_000;
    private static readonly TimeSpan Ages = TimeSpan.FromDays(365_000);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task Every_step_of_an_alert_is_found_again_from_the_reading_that_caused_it(int seed)
    {
        using var recorded = await RecordedJournal.OfAsync(JournalRunTests.Batches(seed), parts: 4);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        var steps = recorded.Alerts.Where(step => step is { IsOfZone: false, State: AlertState.Firing, Values.Count: > 0 }).ToList();
        var seen = 0;
        foreach (var step in steps.Where((_, index) => index % Math.Max(1, steps.Count / 12) == 0))
        {
            var trace = tracer.Find(step.Device, step.Values[0].Key, step.EventTimeMs, 0);
            var rows = trace.Rows.Where(row => row.Record.Position == step.JournalPosition && row.Index == step.JournalIndex).ToList();

            // Time alone can make a rule fire: then no row stands at the step's place.
            if (rows.Count == 0 && tracer.At(step.JournalPosition) is { Record.Kind: not "readings" })
            {
                continue;
            }

            seen++;
            var row = Assert.Single(rows);
            Assert.Contains(row.Alerts, alert => alert.Step == step.Id && alert.Rule == step.Rule);
            Assert.Equal((RecordState.Present, HistoryState.Stored, step.ReceiveTimeMs), (row.Record.State, row.History, row.ReceiveMs));
            Assert.Equal(row.Source, row.Record.Source);
        }

        Assert.True(seen > 5, $"{seen} of {steps.Count} steps were traced: the test proves little");
    }

    [Theory]
    [InlineData(23)]
    [InlineData(24)]
    public async Task A_record_tells_of_each_of_its_rows_what_the_history_holds(int seed)
    {
        using var recorded = await RecordedJournal.OfAsync(JournalRunTests.Batches(seed), parts: 3);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        var positions = recorded.Alerts.Select(step => step.JournalPosition).Distinct().ToList();
        var fates = new HashSet<TracedFate>();
        foreach (var position in positions.Where((_, index) => index % Math.Max(1, positions.Count / 8) == 0))
        {
            var trace = tracer.At(position);
            Assert.True(trace.IsFound, trace.Missing);
            Assert.Equal(position, tracer.At(position - 1).Record!.Position);
            foreach (var row in trace.Rows)
            {
                fates.Add(row.Fate);
                var metric = row.Values.FirstOrDefault(value => !row.StoredBefore.Contains(value.Metric))?.Metric ?? row.Values[0].Metric;
                var found = tracer.Find(row.Device, metric, row.TimeMs, 0).Rows.Where(one => one.Record.Position == position && one.Index == row.Index);
                if (row.History == HistoryState.Stored)
                {
                    Assert.Equal((row.Chunk, row.Fate), found.Select(one => (one.Chunk, one.Fate)).Single());
                }
                else
                {
                    Assert.Empty(found);
                }
            }
        }

        Assert.Contains(TracedFate.InTime, fates);
    }

    [Fact]
    public async Task Late_revised_and_repeated_readings_of_one_time_are_told_apart()
    {
        var maker = new BatchMaker();
        using var recorded = await RecordedJournal.OfAsync(
            [
                .. maker.Row("tank-1", T0, ("temperature", 20), ("humidity", 40)),
                .. maker.Row("tank-1", T0 + 1000, ("temperature", 21)),
                .. maker.Row("tank-1", T0, ("temperature", 19)),
                .. maker.Row("tank-1", T0 + 1000, ("temperature", 21)),
            ],
            parts: 1);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        var both = tracer.Find("tank-1", "temperature", T0 + 3, 60_000).Rows;
        Assert.Equal([(20.0, TracedFate.InTime), (19.0, TracedFate.Late)], both.Select(row => (row.Values[0].Value, row.Fate)));
        Assert.Equal(["temperature", "humidity"], both[0].Values.Select(value => value.Metric));
        Assert.Equal(["humidity", "temperature"], tracer.Find("tank-1", "humidity", T0, 0).Rows.Single().Values.Select(value => value.Metric));

        var once = Assert.Single(tracer.Find("tank-1", "temperature", T0 + 900, 60_000).Rows);
        Assert.Equal((T0 + 1000, TracedFate.InTime), (once.TimeMs, once.Fate));
        var repeat = tracer.At(both[1].Record.Position + 60).Rows.Single();
        Assert.Equal((T0 + 1000, TracedFate.Repeat, HistoryState.Absent), (repeat.TimeMs, repeat.Fate, repeat.History));
        Assert.Empty(repeat.Targets);
    }

    [Fact]
    public async Task A_record_is_described_as_it_stands_in_its_file()
    {
        var (maker, registry) = (new BatchMaker(), new DeviceRegistry(new RegistryOptions()));
        Assert.True(registry.TryMetric("co", out var co));
        var (device, shape, source) = (registry.Provision("gas-1", new DeviceFacts("probe", "hall", []))!, registry.Shape([co])!, registry.Source("mqtt/gateway-7"));
        var batch = TestBatch.Mixed(source, T0 + 9, refused: 2, deadLetters: 1, new TestRow(device.Id, shape.Id, T0, [12.5]) { Qualities = [Quality.Uncertain], Flags = RowFlags.Resent });
        using var recorded = await RecordedJournal.OfAsync([.. TestBatch.Pending(registry), batch], parts: 1);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        var row = Assert.Single(tracer.Find("gas-1", "co", T0, 0).Rows);
        Assert.Equal(new TracedValue("co", "ppm", 12.5, Quality.Uncertain), row.Values[0]);
        Assert.Equal((T0 + 9, "mqtt/gateway-7", true, 0), (row.ReceiveMs, row.Source, row.IsResent, row.Index));
        var record = row.Record;
        Assert.Equal((batch.Length, "readings", 4, 2, 1, 1), (record.Bytes, record.Kind, record.Received, record.Refused, record.Rows, record.DeadLetters));
        var file = await File.ReadAllBytesAsync(Path.Combine(recorded.Path, "journal", record.Segment));
        Assert.Equal("FSJB"u8.ToArray(), file[(int)record.BlockOffset..(int)(record.BlockOffset + 4)]);
        Assert.True(file.AsSpan((int)record.BlockOffset, record.BlockBytes).IndexOf(batch) > 0);
    }

    [Fact]
    public async Task What_is_behind_the_files_of_the_history_waits_and_is_found_in_the_journal()
    {
        var maker = new BatchMaker();
        using var recorded = await RecordedJournal.OfAsync([.. maker.Row("tank-1", T0, ("temperature", 20))], parts: 1);
        await recorded.AppendAsync([.. maker.Row("tank-1", T0 + 500, ("temperature", 22)), .. maker.Row("tank-1", T0 + 200, ("temperature", 23))]);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        Assert.Equal(
            [(T0, HistoryState.Stored, TracedFate.InTime), (T0 + 500, HistoryState.Waiting, TracedFate.InTime), (T0 + 200, HistoryState.Waiting, TracedFate.Late)],
            new[] { T0, T0 + 500, T0 + 200 }.Select(time => tracer.Find("tank-1", "temperature", time, 0).Rows.Single()).Select(row => (row.TimeMs, row.History, row.Fate)));
    }

    [Fact]
    public async Task A_reading_whose_journal_is_gone_or_damaged_is_still_told_by_the_history()
    {
        var maker = new BatchMaker();
        var script = Enumerable.Range(0, 1200).SelectMany(i => maker.Row("tank-1", T0 + (i == 501 ? 499_500 : i * 1000), ("temperature", i)));
        using var recorded = await RecordedJournal.OfAsync(script, parts: 4);
        TracedRow before;
        using (var tracer = new Tracer(recorded.Path, CancellationToken.None))
        {
            before = tracer.Find("tank-1", "temperature", T0 + 500_000, 0).Rows.Single();
        }

        var path = Path.Combine(recorded.Path, "journal", before.Record.Segment);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[before.Record.BlockOffset + 100] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Check(RecordState.Damaged, "no intact record");
        Array.ForEach(Array.FindAll(recorded.Segments, segment => string.CompareOrdinal(segment, path) <= 0), File.Delete);
        Check(RecordState.Removed, "retention has deleted");

        void Check(RecordState state, string words)
        {
            using var tracer = new Tracer(recorded.Path, CancellationToken.None);
            var row = tracer.Find("tank-1", "temperature", T0 + 500_000, 0).Rows.Single();
            Assert.Equal((state, HistoryState.Stored), (row.Record.State, row.History));
            Assert.Equal((before.Record.Position, before.ReceiveMs, before.Source, before.Chunk), (row.Record.Position, row.ReceiveMs, row.Source, row.Chunk));
            Assert.Equal([TracedFate.InTime, TracedFate.Late], new[] { T0 + 500_000, T0 + 499_500 }.Select(time => tracer.Find("tank-1", "temperature", time, 0).Rows.Single().Fate));
            Assert.Contains(words, tracer.At(before.Record.Position).Missing, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sums_that_hold_a_reading_are_named_once_its_files_have_been_merged()
    {
        var maker = new BatchMaker();
        var script = Enumerable.Range(0, 400).SelectMany(i => maker.Row("tank-1", T0 + (i * 1000), ("temperature", i)));
        using var recorded = await RecordedJournal.OfAsync(script, parts: 4);
        await using (var history = EmbeddedHistory.Open(
            new EmbeddedHistoryOptions
            {
                Directory = Path.Combine(recorded.Path, "history"),
                BackgroundMaintenance = false,
                CompactionFanIn = 2,
                RawRetention = Ages,
                Tiers = [new HistoryTierOptions { Step = TimeSpan.FromSeconds(1), Retention = Ages, BuildLevel = 1 }, new HistoryTierOptions { Step = TimeSpan.FromMinutes(1), Retention = Ages, BuildLevel = 1 }],
            },
            1,
            TimeProvider.System))
        {
            while (history.MaintainOnce())
            {
            }
        }

        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        var row = tracer.Find("tank-1", "temperature", T0 + 61_000, 0).Rows.Single();
        Assert.True(row.Chunk!.Level > 0);
        Assert.Equal([(1000, T0 + 61_000), (60_000, (T0 + 61_000) / 60_000 * 60_000)], row.Tiers.Select(tier => (tier.StepMs, tier.BucketMs)));
        Assert.All(row.Tiers, tier => Assert.True(File.Exists(Path.Combine(recorded.Path, "history", tier.File))));
    }

    [Fact]
    public async Task What_was_never_stored_is_told_with_the_reason()
    {
        var maker = new BatchMaker();
        using var recorded = await RecordedJournal.OfAsync([.. maker.Row("tank-1", T0, ("temperature", 20))], parts: 1);
        using var tracer = new Tracer(recorded.Path, CancellationToken.None);
        Assert.Equal("no device tank-l has ever reported; did you mean 'tank-1'?", tracer.Find("tank-l", "temperature", T0, 0).Missing);
        Assert.Equal("no device has ever reported temprature; did you mean 'temperature'?", tracer.Find("tank-1", "temprature", T0, 0).Missing);
        Assert.Contains("is stored within 99 ms", tracer.Find("tank-1", "temperature", T0 + 100, 99).Missing, StringComparison.Ordinal);
        Assert.True(tracer.Find("tank-1", "temperature", T0 + 100, 100).IsFound);
        Assert.Contains("holds nothing", tracer.At(long.MaxValue / 2).Missing, StringComparison.Ordinal);
        Assert.False(tracer.At(0).IsFound);
    }
}
