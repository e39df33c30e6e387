using Fengsui.Devices.Tests.History.InfluxDb.Support;
using Fengsui.Rules;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>Steps of alerts, for dashboards to mark.</summary>
public sealed class AlertLinesTests
{
    private const string Rules = """
        groups:
          - name: g
            rules:
              - alert: Hot
                tier: general
                tiers: [{ tier: major, expr: temperature > 40 }]
                expr: temperature > 30
                annotations: { summary: 'device "{{ device }}", too hot' }
              - alert: Trial
                tier: general
                shadow: true
                expr: temperature > 30

        """;

    [Fact]
    public async Task Every_step_is_a_point_and_a_restart_writes_none_again()
    {
        await using var server = new FakeInflux(request => request.Number == 1 ? new FakeReply(503) : FakeReply.Stored);
        await using var rig = await InfluxRig.StartAsync();
        var options = InfluxRig.Target(server.Url) with { Alerts = "alerts" };
        await using (var target = rig.Open(options))
        {
            Assert.True((await rig.Engine.RuleSets.SubmitAsync([new RuleFile("rules.yaml", Rules)], "test", default)).Accepted);
            await PushAsync(rig, 0, 20, 35, 45, 20);
            await InfluxRig.UntilAsync(() => Alerts(server).Count == 3, () => string.Join('\n', Alerts(server)));
            await rig.CaughtUpAsync(target);
        }

        var hot = $"alerts,device=d,rule=g/Hot,state={{0}},tier={{1}},zone=hall-1 {{2}}";
        Assert.Equal(
            [
                string.Format(null, hot, "firing", "general", rig.StartMs + 1000),
                string.Format(null, hot, "resolved", "none", rig.StartMs + 3000),
                string.Format(null, hot, "tier-changed", "major", rig.StartMs + 2000),
            ],
            Alerts(server).Select(alert => alert.Key));
        Assert.All(Alerts(server), alert => Assert.Matches("^active=[01]i,alert_id=\"[^\"]+\",level=[0-4]i,sequence=[1-3]i.*summary=\"device \\\\\"d\\\\\", too hot\"$", alert.Value));

        var before = server.Requests.Count;
        await using var again = rig.Open(options);
        await PushAsync(rig, 10, 35);
        await InfluxRig.UntilAsync(() => Alerts(server).Count == 4);
        Assert.Single(server.Requests.Skip(before).SelectMany(request => request.Lines), line => line.StartsWith("alerts,", StringComparison.Ordinal));
        Assert.DoesNotContain(Alerts(server), alert => alert.Key.Contains("Trial", StringComparison.Ordinal));
    }

    private static List<KeyValuePair<string, string>> Alerts(FakeInflux server) =>
        [.. server.Points.Where(point => point.Key.StartsWith("alerts,", StringComparison.Ordinal)).OrderBy(point => point.Key, StringComparer.Ordinal)];

    private static async Task PushAsync(InfluxRig rig, int second, params double[] temperatures)
    {
        await rig.PushRowsAsync(temperatures.Select((value, index) => rig.Row("d", rig.StartMs + (second + index) * 1000L, ("temperature", value))));
        await rig.Engine.DrainAsync(default);
    }
}
