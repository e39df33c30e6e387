using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Fengsui.Support.Processes;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>What the journal does not hold any more comes from the embedded history: the same points, each once on either side of the seam.</summary>
public sealed class BackfillTests
{
    private const int Readings = 120_000;
    private static readonly LineMapping Mapping = new() { Integers = ["count"], Booleans = ["is_*"], Quality = QualityField.Write };

    [Theory]
    [InlineData(LineLayout.Wide)]
    [InlineData(LineLayout.Tall)]
    public async Task A_new_target_gets_the_same_points_as_one_that_was_there_from_the_beginning(LineLayout layout)
    {
        await using var live = new FakeInflux();
        await using var late = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        var mapping = Mapping with { Layout = layout, Measurement = layout == LineLayout.Tall ? "{metric}" : "telemetry" };
        await FillAsync(rig, live, mapping);
        await using var target = rig.Open(InfluxRig.Target(late.Url) with { Name = "late", Mapping = mapping, Backfill = TargetBackfill.History });
        await rig.PushAsync(0, 50);
        await rig.CaughtUpAsync(target);
        AssertSame(live, late);
        Assert.Equal(200, late.Points.Count(point => point.Key.Contains("device-", StringComparison.Ordinal) && !(point.Key + point.Value).Contains("filler", StringComparison.Ordinal)));
        Assert.Equal(late.Points.Count, late.Requests.Sum(request => request.Lines.Count));
        Assert.Equal(0, target.Status.LostBytes);
    }

    [Fact]
    public async Task Without_the_option_a_new_target_begins_with_the_journal()
    {
        await using var live = new FakeInflux();
        await using var late = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await FillAsync(rig, live, Mapping);
        await using var target = rig.Open(InfluxRig.Target(late.Url) with { Name = "late", Mapping = Mapping });
        await rig.CaughtUpAsync(target);
        Assert.NotEmpty(late.Points);
        Assert.InRange(late.Points.Keys.Count(live.Points.ContainsKey), 0, live.Points.Count - 1);
    }

    [Fact]
    public async Task A_crash_goes_on_at_the_place_that_was_saved_and_loses_nothing()
    {
        await using var live = new FakeInflux();
        var taken = 0;
        var broken = new TaskCompletionSource();
        await using var late = new FakeInflux(_ =>
        {
            if (Interlocked.Increment(ref taken) < 60)
            {
                return FakeReply.Stored;
            }

            broken.TrySetResult();
            return new FakeReply(503);
        });
        await using var after = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await FillAsync(rig, live, Mapping);
        var options = InfluxRig.Target(late.Url) with { Name = "late", Mapping = Mapping, Backfill = TargetBackfill.History, BatchLines = 50 };
        await using (rig.Open(options))
        {
            await broken.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        var saved = TargetPlace.Load(Path.Combine(rig.DataDirectory, "influxdb", "late"), Assert.Fail)!;
        Assert.True(saved.Backfill is { Device: > 0 } or { FromMs: > 0 }, $"nothing was done: {saved}");
        await rig.RestartAsync();
        await using var again = rig.Open(options with { Url = after.Url });
        await rig.CaughtUpAsync(again);

        // Not all of it again, and between the two servers everything.
        Assert.InRange(after.Points.Keys.Count(live.Points.ContainsKey), 1, live.Points.Count - 1);
        foreach (var (point, fields) in late.Points)
        {
            after.Points.TryAdd(point, fields);
        }

        AssertSame(live, after);
    }

    [Fact]
    public async Task An_outage_longer_than_the_journal_is_filled_from_the_history()
    {
        var isUp = true;
        await using var live = new FakeInflux();
        await using var server = new FakeInflux(_ => Volatile.Read(ref isUp) ? FakeReply.Stored : new FakeReply(503));
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Name = "behind", Mapping = Mapping, Backfill = TargetBackfill.History, MaxJournalBytes = 1 << 20, BatchBytes = 4 << 10 });
        await rig.PushAsync(0, 50);
        await rig.CaughtUpAsync(target);
        Volatile.Write(ref isUp, false);
        await FillAsync(rig, live, Mapping);
        Volatile.Write(ref isUp, true);
        await rig.CaughtUpAsync(target);
        AssertSame(live, server);
        Assert.Equal(0, target.Status.LostBytes);
        Assert.Contains(rig.Incidents, incident => incident.Message.Contains("rows were written from the embedded history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_was_received_since_the_start_that_was_asked_for_is_written()
    {
        await using var live = new FakeInflux();
        await using var late = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await FillAsync(rig, live, Mapping);
        var start = new TargetStart(rig.Engine.Clock.NowMs() + 3_600_000, false);
        await using var target = rig.Open(InfluxRig.Target(late.Url) with { Name = "late", Start = start, Backfill = TargetBackfill.History });
        await rig.CaughtUpAsync(target);
        Assert.Empty(late.Points);
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Influxdb_1_holds_every_reading_of_history_and_journal()
    {
        await using var live = new FakeInflux();
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        var mapping = new LineMapping { Integers = ["count"], Booleans = ["is_*"] };
        await FillAsync(rig, live, mapping);
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Name = "late", Database = InfluxServer.Database, Mapping = mapping, Backfill = TargetBackfill.History });
        await rig.CaughtUpAsync(target);
        Assert.Equal((0, 0), (target.Status.Rejected, target.Status.LostBytes));
        foreach (var metric in OddReadings.Metrics)
        {
            var stored = OddReadings.DeviceNames.Sum(device => rig.Engine.Queries.Readings(device, metric, 0, long.MaxValue).Select(reading => reading.EventTimeMs).Distinct().Count());
            Assert.Equal(stored, await server.CountAsync("telemetry", metric));
        }
    }

    [Fact]
    public async Task The_seam_may_lie_between_readings_that_gateways_repeat()
    {
        await using var live = new FakeInflux();
        await using var late = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await using (var reference = rig.Open(InfluxRig.Target(live.Url) with { Name = "live", Mapping = Mapping }))
        {
            foreach (var part in new OddReadings(rig, 6, everyNumber: true).Make(3 * Readings).Chunk(9_000))
            {
                await rig.PushRowsAsync(part);
                await rig.CaughtUpAsync(reference);
                await rig.Engine.SnapshotAsync(default);
            }
        }

        await ShortenAsync(rig);
        await using var target = rig.Open(InfluxRig.Target(late.Url) with { Name = "late", Mapping = Mapping, Backfill = TargetBackfill.History });
        await rig.CaughtUpAsync(target);
        AssertSame(live, late);
        Assert.Equal(late.Points.Count, late.Requests.Sum(request => request.Lines.Count));
    }

    /// <summary>Readings of every kind, written to one target from the beginning, of which the journal then holds only the newest.</summary>
    private static async Task FillAsync(InfluxRig rig, FakeInflux live, LineMapping mapping)
    {
        await using (var reference = rig.Open(InfluxRig.Target(live.Url) with { Name = "live", Mapping = mapping }))
        {
            await rig.PushRowsAsync(new OddReadings(rig, 5, everyNumber: true).Make(Readings));
            await rig.CaughtUpAsync(reference);
        }

        await rig.Engine.DrainAsync(default);
        await ShortenAsync(rig);
    }

    /// <summary>The journal is shortened when a segment begins, once nobody holds it: readings of other devices follow until then.</summary>
    private static async Task ShortenAsync(InfluxRig rig)
    {
        await rig.Engine.SnapshotAsync(default);
        for (var round = 0; round < 10 && rig.Engine.JournalLog.FirstPosition == 0; round++)
        {
            await rig.PushAsync((round - 20) * 4_000, 4_000, metric: "filler");
            await rig.Engine.SnapshotAsync(default);
        }

        Assert.True(rig.Engine.JournalLog.FirstPosition > 0, $"the journal begins at {rig.Engine.JournalLog.FirstPosition}: the test proves nothing");
    }

    private static void AssertSame(FakeInflux live, FakeInflux late)
    {
        var expected = live.Points.Where(IsCompared).OrderBy(point => point.Key, StringComparer.Ordinal).ToList();
        var actual = late.Points.Where(IsCompared).OrderBy(point => point.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.Count, actual.Count);
        var different = expected.Zip(actual).Where(pair => pair.First.Key != pair.Second.Key || pair.First.Value != pair.Second.Value).Take(3).ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));

        bool IsCompared(KeyValuePair<string, string> point) => !point.Key.Contains("device-", StringComparison.Ordinal);
    }
}
