using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Fengsui.Support.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>
/// What real servers give back by their own query languages, compared value by value with what was written to the journal.
/// <c>FENGSUI_INFLUX_READINGS</c> sets how many readings; a million unless given.
/// </summary>
public sealed class RealServerTests(ITestOutputHelper output)
{
    private static readonly int Readings =
        int.TryParse(Environment.GetEnvironmentVariable("FENGSUI_INFLUX_READINGS"), CultureInfo.InvariantCulture, out var count) ? count : 1_000_000;

    private static readonly LineMapping Mapping = new() { Integers = ["count"], Booleans = ["is_*"] };

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Influxdb_1_gives_back_every_value_to_the_bit()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Database = InfluxServer.Database, Mapping = Mapping });
        var journal = new JournalTruth(rig);
        await rig.PushRowsAsync(journal.Note(new OddReadings(rig, 1, everyNumber: true).Make(Readings)));
        await rig.CaughtUpAsync(target);
        await rig.Engine.DrainAsync(default);
        Assert.Equal((0, 0), (target.Status.Rejected, target.Status.LeftOut));

        var compared = 0;
        foreach (var device in OddReadings.DeviceNames)
        {
            var literal = OddReadings.Written(device).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
            var series = Assert.Single(await server.QueryAsync($"SELECT * FROM telemetry WHERE device='{literal}'"));
            var columns = series.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToList();
            var rows = series.GetProperty("values").EnumerateArray().ToDictionary(row => row[0].GetInt64());
            foreach (var metric in OddReadings.Metrics)
            {
                var column = columns.IndexOf(metric);
                var stored = journal.Of(device, metric);
                Assert.Equal(rows.Count, stored.Count);
                foreach (var (time, value) in stored)
                {
                    var given = rows[time][column];
                    AssertSame(value, given.ValueKind is JsonValueKind.True or JsonValueKind.False ? given.GetBoolean() ? 1 : 0 : given.GetDouble(), device, metric, time);
                    Assert.True(metric != "is_open" || given.ValueKind != JsonValueKind.Number);
                    compared++;
                }
            }
        }

        output.WriteLine($"{compared} readings compared");
        Assert.InRange(compared, Readings * 9 / 10, Readings);
    }

    /// <summary>It keeps the numbers of a block as decimal integers with one exponent, so about 15 digits between the largest and the last place.</summary>
    [TheoryIfInstalled(VictoriaMetricsServer.Program)]
    [InlineData(InfluxGeneration.VictoriaMetrics)]
    [InlineData(InfluxGeneration.V2)]
    public async Task Victoria_metrics_gives_back_every_value_as_well_as_it_keeps_it(InfluxGeneration generation)
    {
        await using var server = await VictoriaMetricsServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url, generation) with { Mapping = Mapping });
        var journal = new JournalTruth(rig);
        await rig.PushRowsAsync(journal.Note(new OddReadings(rig, 2, everyNumber: false).Make(Readings)));
        await rig.CaughtUpAsync(target);
        await rig.Engine.DrainAsync(default);
        Assert.Equal((0, 0), (target.Status.Rejected, target.Status.LeftOut));

        var (compared, seriesFound) = (0, 0);
        foreach (var series in await server.ExportAsync("{device!=\"\"}"))
        {
            var labels = series.GetProperty("metric");
            var device = Assert.Single(OddReadings.DeviceNames, name => OddReadings.Written(name) == labels.GetProperty("device").GetString());
            var metric = labels.GetProperty("__name__").GetString()!["telemetry_".Length..];
            var values = series.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToList();
            var times = series.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64()).ToList();
            var stored = journal.Of(device, metric);
            seriesFound++;
            Assert.Equal(stored.Keys, times);
            foreach (var (time, value) in times.Zip(values))
            {
                AssertClose(stored[time], value, device, metric, time);
                compared++;
            }
        }

        output.WriteLine($"{compared} readings compared");
        Assert.Equal(OddReadings.DeviceNames.Length * OddReadings.Metrics.Length, seriesFound);
        Assert.InRange(compared, Readings * 9 / 10, Readings);
    }

    [TheoryIfInstalled(VictoriaMetricsServer.Program)]
    [InlineData(InfluxGeneration.VictoriaMetrics)]
    [InlineData(InfluxGeneration.V2)]
    public async Task Victoria_metrics_gives_back_the_largest_and_the_smallest_where_each_has_a_series_of_its_own(InfluxGeneration generation)
    {
        double[] extremes = [double.MaxValue, double.MinValue, 1e-290, 1e21, 1e-7, 123456789012345680, 9007199254740992, -40, 0, -0.0];
        await using var server = await VictoriaMetricsServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url, generation));
        await rig.PushRowsAsync(Enumerable.Range(0, 50).Select(step => rig.Row("extreme", rig.StartMs + step * 1000L, [.. extremes.Select((value, i) => ($"x{i}", value))])));
        await rig.CaughtUpAsync(target);
        var found = await server.ExportAsync("{device=\"extreme\"}");
        Assert.Equal(extremes.Length, found.Count);
        foreach (var series in found)
        {
            var expected = extremes[int.Parse(series.GetProperty("metric").GetProperty("__name__").GetString()!["telemetry_x".Length..], CultureInfo.InvariantCulture)];
            Assert.Equal(50, series.GetProperty("values").GetArrayLength());
            Assert.All(series.GetProperty("values").EnumerateArray(), value => AssertClose(expected, value.GetDouble(), "extreme", "x", 0));
        }
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Influxdb_1_has_no_endpoint_of_version_2_and_a_target_that_was_told_so_keeps_everything_until_it_is_put_right()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using (var wrong = rig.Open(InfluxRig.Target(server.Url, InfluxGeneration.V2)))
        {
            await rig.PushAsync(0, 50);
            await InfluxRig.UntilAsync(() => wrong.Status.State == InfluxTargetState.Stopped);
            Assert.Contains("404", wrong.Status.LastError, StringComparison.Ordinal);
            Assert.Equal((0, 0), (wrong.Status.Lines, wrong.Status.Rejected));
        }

        await using var right = rig.Open(InfluxRig.Target(server.Url) with { Database = InfluxServer.Database });
        await rig.CaughtUpAsync(right);
        Assert.Equal(200, await server.CountAsync("telemetry", "temperature"));
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task A_server_that_hangs_gets_everything_once_it_goes_on()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Database = InfluxServer.Database, Timeout = TimeSpan.FromMilliseconds(500) });
        await rig.PushAsync(0, 100);
        await rig.CaughtUpAsync(target);
        server.Suspend();
        await rig.PushAsync(100, 100);
        await InfluxRig.UntilAsync(() => target.Status.State == InfluxTargetState.BackingOff);
        Assert.Contains("no answer within", target.Status.LastError, StringComparison.Ordinal);
        server.Resume();
        await rig.CaughtUpAsync(target);
        Assert.Equal(800, await server.CountAsync("telemetry", "temperature"));
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task A_type_that_influxdb_holds_otherwise_costs_only_the_lines_that_have_it()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await server.WriteAsync($"device-2 temperature=1i {rig.StartMs}");
        var mapping = new LineMapping { Measurement = "{device}" };
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Database = InfluxServer.Database, Mapping = mapping });
        await rig.PushAsync(1, 100);
        await rig.CaughtUpAsync(target);
        Assert.Equal((300, 100), (target.Status.Lines, target.Status.Rejected));
        Assert.Equal((100, 1), (await server.CountAsync("device-3", "temperature"), await server.CountAsync("device-2", "temperature")));
        var kept = await File.ReadAllTextAsync(Path.Combine(rig.DataDirectory, "influxdb", "test", "rejected.lp"));
        Assert.Contains("field type conflict", kept, StringComparison.Ordinal);
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Readings_that_a_retention_policy_does_not_take_are_kept_aside_and_the_others_written()
    {
        await using var server = await InfluxServer.StartAsync();
        await server.CommandAsync($"CREATE RETENTION POLICY short ON {InfluxServer.Database} DURATION 90m REPLICATION 1");
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Database = InfluxServer.Database, RetentionPolicy = "short" });

        // The clock of the test begins an hour ago.
        await rig.PushAsync(-7200, 50);
        await rig.PushAsync(0, 50);
        await rig.CaughtUpAsync(target);
        Assert.Equal((200, 200), (target.Status.Lines, target.Status.Rejected));
        Assert.Equal(200, await server.CountAsync("short\".\"telemetry", "temperature"));
        Assert.InRange(target.Status.Requests, 2, 60);
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task A_database_that_does_not_exist_stops_the_target_until_it_does()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var rig = await InfluxRig.StartAsync();
        await using var target = rig.Open(InfluxRig.Target(server.Url) with { Database = "other" });
        await rig.PushAsync(0, 50);
        await InfluxRig.UntilAsync(() => target.Status.State == InfluxTargetState.Stopped);
        Assert.Contains("404", target.Status.LastError, StringComparison.Ordinal);
        Assert.Contains("database not found", target.Status.LastError, StringComparison.Ordinal);
        await server.CommandAsync("CREATE DATABASE other");
        await rig.CaughtUpAsync(target);
        Assert.Equal((200, 0), (target.Status.Lines, target.Status.Rejected));
    }

    private static void AssertSame(double expected, double actual, string device, string metric, long time) =>
        Assert.True(
            BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual),
            string.Create(CultureInfo.InvariantCulture, $"{device} {metric} at {time}: {expected:R} in the journal, {actual:R} in the server"));

    private static void AssertClose(double expected, double actual, string device, string metric, long time) =>
        Assert.True(
            Math.Abs(expected - actual) <= 1e-12 * Math.Abs(expected),
            string.Create(CultureInfo.InvariantCulture, $"{device} {metric} at {time}: {expected:R} in the journal, {actual:R} in the server"));
}
