using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Fengsui.Devices.Tests.KnownFailures;
using Fengsui.Rules.Alerts;
using Fengsui.Support.Processes;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>What happens to duties, for dashboards: the same steps at the same journal times as in the alert log, each once.</summary>
public sealed class DutyLinesTests
{
    private const string Hot = "- { alert: Hot, tier: general, expr: t > 50, labels: { wing: west } }";

    /// <summary>Half a day without an answer, then somebody sees to it.</summary>
    private static readonly (long Second, string Step)[] Expected =
    [
        (0, "due"), (7_200, "escalated"), (21_600, "reminder"), (36_000, "reminder"), (43_200, "overdue"), (43_200, "customs-restriction"),
        (46_800, "acknowledged"), (46_800, "done"), (46_800, "restriction-lifted"),
    ];

    [Fact]
    public async Task Every_step_of_a_duty_is_a_point_and_a_restart_writes_none_again()
    {
        await using var server = new FakeInflux(request => request.Number == 2 ? new FakeReply(503) : FakeReply.Stored);
        await using var plant = await Plant.StartAsync(Hot);
        var options = InfluxRig.Target(server.Url) with { Duties = DutyLines.Everything with { Tags = [new("site", TagSource.Constant, "plant 7"), new("wing", TagSource.Label, "wing")] } };
        await using (Open(plant, options))
        {
            await LiveAsync(plant);
            await InfluxRig.UntilAsync(() => Points(server).Count == Expected.Length, () => string.Join('\n', Points(server)));
        }

        Assert.Equal(Expected.Order(), Points(server).Select(Read).Order());
        var overdue = Points(server).Single(point => point.Key.Contains("step=overdue", StringComparison.Ordinal));
        Assert.Equal($"duties,device=d,rule=g/Hot,step=overdue,tier=general,zone=hall,site=plant\\ 7,wing=west {Plant.T0 + 43_200_000}", overdue.Key);
        Assert.Matches("^active=1i,actor=\"system\",alert_id=\"[^\"]+\",audience=\"[^\"]+\",due_ms=1700043200000i,enterprise=\"hall\",level=1i,version=[0-9]+i$", overdue.Value);
        Assert.Contains(Points(server), point => point.Key.Contains("ladder=1,", StringComparison.Ordinal) && point.Key.Contains("step=escalated", StringComparison.Ordinal));
        Assert.Matches("^active=0i,actor=\"li\",.*note=\"seen to\"", Points(server).Single(point => point.Key.Contains("step=done", StringComparison.Ordinal)).Value);
        var before = server.Requests.Count;
        await using var again = Open(plant, options);
        await plant.RowAsync(50_000, "e", ("t", 60));
        await InfluxRig.UntilAsync(() => Points(server).Count == Expected.Length + 1);
        Assert.Single(server.Requests.Skip(before).SelectMany(request => request.Lines), line => line.StartsWith("duties,", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Points.Keys, point => point.StartsWith("alerts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_steps_that_are_asked_for_are_written_beside_alerts()
    {
        await using var server = new FakeInflux();
        await using var plant = await Plant.StartAsync(Hot);
        var duties = new DutyLines("due work", [DutyStep.Overdue, DutyStep.Done], []);
        await using var target = Open(plant, InfluxRig.Target(server.Url) with { Alerts = "alerts", Duties = duties, Mapping = new LineMapping { Precision = TimePrecision.Seconds } });
        await LiveAsync(plant);
        await InfluxRig.UntilAsync(() => server.Points.Keys.Any(point => point.Contains("step=done", StringComparison.Ordinal)));
        Assert.Equal([43_200, 46_800], server.Points.Keys.Where(point => point.StartsWith("due\\ work,", StringComparison.Ordinal)).Select(point => long.Parse(point[(point.LastIndexOf(' ') + 1)..], null) - Plant.T0 / 1000).Order());
        Assert.Equal(2, server.Points.Keys.Count(point => point.StartsWith("alerts,", StringComparison.Ordinal)));
    }

    [FactIfInstalled(InfluxServer.Program)]
    public async Task Influxdb_1_gives_the_story_of_a_duty_back()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var plant = await Plant.StartAsync(Hot);
        await using var target = Open(plant, InfluxRig.Target(server.Url) with { Database = InfluxServer.Database, Duties = DutyLines.Everything });
        await LiveAsync(plant);
        await InfluxRig.UntilAsync(() => target.Status.Lines >= Expected.Length);
        var series = Assert.Single(await server.QueryAsync("SELECT step, active, alert_id, due_ms FROM duties"));
        var rows = series.GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(Expected.Order(), rows.Select(row => ((row[0].GetInt64() - Plant.T0) / 1000, row[1].GetString()!)).Order());
        Assert.Single(rows.Select(row => row[3].GetString()).Distinct());
        Assert.Equal(2, rows.Count(row => row[2].GetInt64() == 0));
        Assert.Equal(0, target.Status.Rejected);
    }

    private static InfluxTarget Open(Plant plant, InfluxTargetOptions options)
    {
        var target = InfluxTarget.Open(plant.Engine, options, TimeProvider.System, _ => { });
        target.Start();
        return target;
    }

    private static async Task LiveAsync(Plant plant)
    {
        await plant.RowAsync(0, "d", ("t", 60));
        await plant.RowAsync(5, "d", ("t", 10));
        await plant.HoursAsync(0.25, 13);
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Acknowledge)).Outcome);
        Assert.Equal(AlertCommandOutcome.Accepted, (await plant.DoAsync(AlertAction.Dispose)).Outcome);
    }

    private static List<KeyValuePair<string, string>> Points(FakeInflux server) =>
        [.. server.Points.Where(point => point.Key.StartsWith("duties,", StringComparison.Ordinal))];

    private static (long Second, string Step) Read(KeyValuePair<string, string> point)
    {
        var step = point.Key.Split(',').Single(tag => tag.StartsWith("step=", StringComparison.Ordinal))["step=".Length..];
        return ((long.Parse(point.Key[(point.Key.LastIndexOf(' ') + 1)..], null) - Plant.T0) / 1000, step);
    }
}
