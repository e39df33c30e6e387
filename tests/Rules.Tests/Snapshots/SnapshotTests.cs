using System.Buffers;
using Fengsui.Rules.Model;
using Fengsui.Rules.Tests.Scripts;
using Xunit;

namespace Fengsui.Rules.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void A_state_cut_short_anywhere_is_refused()
    {
        var (program, bytes) = Sample();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<InvalidDataException>(() => Read(program, cut));
        }
    }

    [Fact]
    public void A_state_of_another_version_is_refused()
    {
        var (program, bytes) = Sample();
        bytes[0]++;
        Assert.Throws<InvalidDataException>(() => Read(program, bytes));
    }

    [Fact]
    public void Random_damage_is_refused_or_read_but_breaks_nothing()
    {
        var (program, bytes) = Sample();
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0xFF;
            try
            {
                ReadOnlySpan<byte> input = damaged;
                program.Read(ref input);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void State_of_rules_that_are_gone_is_left_out_and_the_rest_is_read()
    {
        var (_, bytes) = Sample();
        var program = RuleProgram.Compile(RuleSets.OfRules(("B", "expr: lel > 5")), RuleSets.Device, Metrics());
        Assert.Equal("g/B", Assert.Single(Read(program, bytes).ActiveAlerts()).Rule.Id);
    }

    private static DeviceState Read(RuleProgram program, byte[] bytes)
    {
        ReadOnlySpan<byte> input = bytes;
        var state = program.Read(ref input);
        Assert.Equal(0, input.Length);
        return state;
    }

    private static MetricTable Metrics()
    {
        var metrics = new MetricTable();
        metrics.Declare("co");
        metrics.Declare("lel");
        metrics.Declare("extra");
        return metrics;
    }

    private static (RuleProgram Program, byte[] Bytes) Sample()
    {
        var metrics = Metrics();
        var program = RuleProgram.Compile(RuleSets.OfRules(("A", "expr: co > 20\ntiers: [{ tier: major, expr: co > 40, for: 5s }]"), ("B", "expr: lel > 5")), RuleSets.Device, metrics);
        var state = program.CreateState();
        program.Apply(state, program.PlanFor(new Shape(0, [0, 1, 2])), 1000, [50, 6, 7], [Quality.Good, Quality.Uncertain, Quality.Bad], new TransitionBuffer());
        var bytes = new ArrayBufferWriter<byte>();
        program.Write(state, bytes);
        return (program, bytes.WrittenSpan.ToArray());
    }
}
