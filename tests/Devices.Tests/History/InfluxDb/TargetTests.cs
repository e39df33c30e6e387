using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>Positions: restarts, back-fill, several targets, outages longer than the journal.</summary>
public sealed class TargetTests
{
    [Fact]
    public async Task A_restart_goes_on_where_the_target_was_and_writes_nothing_again()
    {
        await using var server = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await using (var first = rig.Open(InfluxRig.Target(server.Url)))
        {
            await rig.PushAsync(0, 300);
            await rig.CaughtUpAsync(first);
        }

        var before = server.Requests.Sum(request => request.Lines.Count);
        Assert.Equal(1200, before);
        await rig.Engine.SnapshotAsync(default);
        await rig.RestartAsync();
        await rig.PushAsync(280, 120);
        await using var second = rig.Open(InfluxRig.Target(server.Url));
        await rig.CaughtUpAsync(second);
        Assert.Equal(1600, server.Points.Count);
        Assert.Equal(1600, server.Requests.Sum(request => request.Lines.Count));
    }

    [Fact]
    public async Task Readings_that_a_gateway_repeats_are_written_once()
    {
        await using var server = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url));
        await rig.PushAsync(0, 20);
        await rig.PushAsync(0, 20);
        await rig.CaughtUpAsync(target);
        Assert.Equal(80, server.Requests.Sum(request => request.Lines.Count));
    }

    [Fact]
    public async Task A_target_whose_position_is_damaged_begins_anew_and_says_so()
    {
        await using var server = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await using (var first = rig.Open(InfluxRig.Target(server.Url)))
        {
            await rig.PushAsync(0, 50);
            await rig.CaughtUpAsync(first);
        }

        await File.WriteAllTextAsync(Path.Combine(rig.DataDirectory, "influxdb", "test", TargetPlace.FileName), "{\"Position\":");
        server.Points.Clear();
        await using var second = rig.Open(InfluxRig.Target(server.Url));
        await rig.CaughtUpAsync(second);
        Assert.Equal(200, server.Points.Count);
        Assert.Contains(rig.Incidents, incident => incident.Part == "influxdb" && incident.Message.Contains("begins anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_target_that_is_down_holds_up_no_other_and_a_new_one_fills_up_from_the_journal()
    {
        await using var server = new FakeInflux();
        await using var dead = new FakeInflux(_ => new FakeReply(503));
        await using var late = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await using var good = rig.Open(InfluxRig.Target(server.Url) with { Name = "good" });
        await using var bad = rig.Open(InfluxRig.Target(dead.Url) with { Name = "bad" });
        await rig.PushAsync(0, 100);
        await rig.CaughtUpAsync(good);
        Assert.Equal(400, server.Points.Count);
        await InfluxRig.UntilAsync(() => bad.Status.State == InfluxTargetState.BackingOff);
        await using var added = rig.Open(InfluxRig.Target(late.Url) with { Name = "added" });
        await rig.CaughtUpAsync(added);
        Assert.Equal(server.Points.OrderBy(point => point.Key, StringComparer.Ordinal), late.Points.OrderBy(point => point.Key, StringComparer.Ordinal));
        Assert.Empty(dead.Points);
    }

    [Fact]
    public async Task A_target_may_begin_now_or_at_a_time()
    {
        await using var now = new FakeInflux();
        await using var timed = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await rig.PushAsync(0, 10);
        await rig.Engine.DrainAsync(default);
        var middle = rig.Engine.Clock.NowMs() + 50;
        await InfluxRig.UntilAsync(() => rig.Engine.Clock.NowMs() > middle);
        await using var fromNow = rig.Open(InfluxRig.Target(now.Url) with { Name = "now", Start = TargetStart.Now });
        await using var fromTime = rig.Open(InfluxRig.Target(timed.Url) with { Name = "timed", Start = new TargetStart(middle, false) });
        await rig.PushAsync(10, 10);
        await rig.CaughtUpAsync(fromNow);
        await rig.CaughtUpAsync(fromTime);
        Assert.Equal(40, now.Points.Count);
        Assert.Equal(now.Points.Keys.Order(), timed.Points.Keys.Order());
    }

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(2L << 20)]
    public async Task The_journal_is_kept_for_a_target_within_its_bound_and_what_is_lost_beyond_is_counted_and_said(long maxJournalBytes)
    {
        var isUp = false;
        await using var server = new FakeInflux(_ => isUp ? FakeReply.Stored : new FakeReply(503));
        await using var rig = await InfluxRig.StartAsync(retainBytes: 1 << 20);
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { MaxJournalBytes = maxJournalBytes, BatchBytes = 4 << 10, InFlight = 1 });
        const int steps = 40_000;
        for (var step = 0; step < steps; step += 4_000)
        {
            await rig.PushAsync(step, 4_000);
            await rig.Engine.SnapshotAsync(default);
        }

        var deleted = rig.Engine.JournalLog.FirstPosition;
        isUp = true;
        await rig.CaughtUpAsync(target);
        if (maxJournalBytes > 1 << 25)
        {
            Assert.Equal((0, 0), (deleted, target.Status.LostBytes));
            Assert.Equal(4 * steps, server.Points.Count);
            return;
        }

        Assert.True(deleted > 0, "nothing was deleted: the test proves nothing");
        Assert.InRange(target.Status.LostBytes, 1, deleted);
        Assert.InRange(server.Points.Count, 1, 4 * steps - 1);
        Assert.Contains(server.Points.Keys, point => point.EndsWith((rig.StartMs + (steps - 1) * 1000L).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Contains(rig.Incidents, incident => incident.Message.Contains("gone before they were written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_been_written_when_the_program_stops_is_written_then()
    {
        await using var server = new FakeInflux();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { BatchAge = TimeSpan.FromMinutes(10) });
        await rig.PushAsync(0, 100);
        await rig.Engine.DrainAsync(default);
        await target.DrainAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(400, server.Points.Count);
    }

    [Fact]
    public async Task A_server_that_is_down_does_not_keep_the_program_from_stopping()
    {
        await using var server = new FakeInflux(_ => new FakeReply(503));
        await using var rig = await InfluxRig.StartAsync();
        var target = rig.Open(InfluxRig.Target(server.Url));
        await rig.PushAsync(0, 100);
        await InfluxRig.UntilAsync(() => target.Status.State == InfluxTargetState.BackingOff);
        var stopped = System.Diagnostics.Stopwatch.StartNew();
        await target.DrainAsync(TimeSpan.FromMinutes(5));
        await target.DisposeAsync();
        Assert.InRange(stopped.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public async Task Over_tls_only_a_server_of_the_given_authority_is_written_to()
    {
        using var authority = TestCertificates.Authority();
        using var certificate = TestCertificates.Server(authority);
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(folder.Of("ca.pem"), authority.ExportCertificatePem());
        await using var server = new FakeInflux(certificate: certificate);
        await using var rig = await InfluxRig.StartAsync();
        await using var trusting = rig.Open(InfluxRig.Target(server.Url) with { Name = "trusting", CertificateAuthority = folder.Of("ca.pem") });
        await using var strict = rig.Open(InfluxRig.Target(server.Url) with { Name = "strict" });
        await rig.PushAsync(0, 10);
        await rig.CaughtUpAsync(trusting);
        Assert.Equal(40, server.Points.Count);
        await InfluxRig.UntilAsync(() => strict.Status.State == InfluxTargetState.BackingOff);
        Assert.Contains("SSL", strict.Status.LastError, StringComparison.Ordinal);
        Assert.Equal(0, strict.Status.Lines);
    }

    [Fact]
    public async Task Lines_of_one_series_and_time_are_written_in_the_order_of_the_journal_through_failures()
    {
        var random = new Random(7);
        await using var server = new FakeInflux(request =>
        {
            lock (random)
            {
                return random.Next(4) == 0 ? new FakeReply(503) { Stores = _ => true } : FakeReply.Stored;
            }
        });
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { BatchLines = 7, InFlight = 4 });
        for (var value = 0; value < 50; value++)
        {
            await rig.PushRowsAsync(Enumerable.Range(0, 8).Select(device => rig.Row($"device-{device}", rig.StartMs, ("temperature", value))));
        }

        await rig.CaughtUpAsync(target);
        Assert.Equal(8, server.Points.Count);
        Assert.All(server.Points.Values, value => Assert.Equal("temperature=49", value));
    }
}
