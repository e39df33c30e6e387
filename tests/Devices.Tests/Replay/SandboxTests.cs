using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Replay;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.Replay;

public sealed class SandboxTests
{
    private const long T0 = 1_700_000_000_000;

    private static readonly RuleFile Rules = new("rules.yaml", """
        groups:
          - name: g
            rules:
              - { alert: Hot, select: { type: probe }, tier: general, expr: temperature > 30, for: 2s, max_gap: 5s }
        """);

    [Fact]
    public void A_condition_that_holds_long_enough_fires_and_resolves()
    {
        var sandbox = new Sandbox(new SandboxOptions { KeepsSteps = true });
        Assert.Equal(1, sandbox.AdoptRules([Rules], "me").Version);
        sandbox.Declare("p1", "probe", "hall", [new("wing", "west")]);
        foreach (var (second, value) in new[] { (0, 20.0), (1, 31), (2, 31), (3, 32), (4, 20) })
        {
            sandbox.Row("p1", T0 + second * 1000, T0 + second * 1000 + 50, [("temperature", value, Quality.Good)]);
        }

        Assert.Equal(["firing", "resolved"], Transitions(sandbox).Select(alert => alert.State.Name()));
        var steps = Steps(sandbox);
        Assert.Equal([TransitionKind.Pending, TransitionKind.Firing, TransitionKind.Resolved], steps.Select(step => step.Kind));
        Assert.Equal(T0 + 3000, steps[1].EventTimeMs);
        Assert.Equal(T0 + 1000, steps[1].StartTimeMs);
        Assert.Equal(T0 + 3050, steps[1].ReceiveTimeMs);
        Assert.Equal("hall", steps[1].Alert!.Zone);
    }

    [Fact]
    public void Rules_with_mistakes_leave_those_before_in_force()
    {
        var sandbox = new Sandbox(new SandboxOptions());
        sandbox.AdoptRules([Rules], "me");
        var refused = sandbox.AdoptRules([new RuleFile("rules.yaml", Rules.Text.Replace("temperature > 30", "temperature >"))], "me");
        Assert.False(refused.Accepted);
        Assert.NotEmpty(refused.Diagnostics);
        sandbox.Declare("p1", "probe", "hall", []);
        sandbox.Row("p1", T0, T0, [("temperature", 31, Quality.Good)]);
        sandbox.Row("p1", T0 + 2000, T0 + 2000, [("temperature", 31, Quality.Good)]);
        Assert.Equal(1, Assert.Single(Transitions(sandbox)).RuleSetVersion);
        Assert.Equal(2, sandbox.AdoptRules([], "me").Version);
    }

    [Fact]
    public void A_reading_of_bad_quality_is_unknown()
    {
        var sandbox = new Sandbox(new SandboxOptions());
        sandbox.AdoptRules([Rules], "me");
        sandbox.Declare("p1", "probe", "hall", []);
        sandbox.Row("p1", T0, T0, [("humidity", 3, Quality.Good), ("temperature", 31, Quality.Bad)]);
        sandbox.Row("p1", T0 + 2000, T0 + 2000, [("humidity", 3, Quality.Good), ("temperature", 31, Quality.Bad)]);
        Assert.Empty(Transitions(sandbox));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_batches_give_the_same_alerts_as_the_engine(int seed)
    {
        var blocks = Script.Of(seed, blocks: 120);
        var sandbox = new Sandbox(new SandboxOptions());
        await using var rig = new EngineRig(shards: 2);
        foreach (var block in blocks)
        {
            rig.Deliver(block);
            foreach (var batch in block.Batches)
            {
                sandbox.Append(batch);
            }
        }

        var log = Encoding.UTF8.GetString(await rig.AlertLogAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = log.Select(line => AlertJson.Read(Encoding.UTF8.GetBytes(line.Split('\t')[0]))).OfType<AlertTransition>().ToArray();
        var actual = Transitions(sandbox);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(Placeless), actual.Select(Placeless));
    }

    private static string Placeless(AlertTransition alert) =>
        Encoding.UTF8.GetString(AlertJson.ToBytes(alert.AsOfRule() with { JournalPosition = 0 }));

    private static List<AlertTransition> Transitions(Sandbox sandbox)
    {
        var all = new List<AlertTransition>();
        while (sandbox.TryTake(out var transition))
        {
            all.Add(transition);
        }

        return all;
    }

    private static List<RuleStep> Steps(Sandbox sandbox)
    {
        var all = new List<RuleStep>();
        while (sandbox.TryTakeStep(out var step))
        {
            all.Add(step);
        }

        return all;
    }
}
