using Fengsui.Devices.Records;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Payloads.Support;
using static Fengsui.Ingest.Tests.Payloads.Sparkplug.SparkplugBytes;

namespace Fengsui.Ingest.Tests.Payloads.Sparkplug;

public sealed class SparkplugValueTests
{
    private const string Configuration = """
        payloads:
          - { name: plant, topics: spBv1.0/#, form: sparkplug, node: "{edge}" }
        """;

    [Theory]
    [InlineData(1, 0xFFFFFFFFUL, "-1")]
    [InlineData(1, 0xFFUL, "-1")]
    [InlineData(2, 0xFFFEUL, "-2")]
    [InlineData(3, 0xFFFFFFFDUL, "-3")]
    [InlineData(4, 0xFFFFFFFFFFFFFFFCUL, "-4")]
    [InlineData(5, 255UL, "255")]
    [InlineData(6, 65535UL, "65535")]
    [InlineData(7, 4294967295UL, "4294967295")]
    [InlineData(8, 4294967296UL, "4294967296")]
    [InlineData(11, 1UL, "1")]
    public void Whole_numbers_have_the_sign_of_their_type(int type, ulong bits, string value)
    {
        using var fixture = new PayloadFixture(Configuration);
        Assert.Equal($"e@0: x={value}", fixture.Rows("spBv1.0/g/NBIRTH/e", Message(0, IntakeFixture.Now, Metric("x", type).Long(bits))));
    }

    [Fact]
    public void Floats_booleans_words_nulls_and_qualities_are_read()
    {
        using var fixture = new PayloadFixture(Configuration);
        var birth = Message(
            0,
            IntakeFixture.Now,
            Metric("f", 9).Float(1.5f),
            Metric("d", 10).Double(double.NaN),
            Metric("b", 11).Boolean(true),
            Metric("door", 12).Text("open"),
            Metric("maker", 12).Text("a text that no reading can hold"),
            Metric("none", 10).Null(),
            Metric("good", 10).Double(1).Quality(192),
            Metric("stale", 10).Double(1).Quality(500),
            Metric("set", 16).Bytes(17, [1, 2]));
        Assert.Equal("e@0: f=1.5 d! b=1 door=1 none! good=1 stale!", fixture.Rows("spBv1.0/g/NBIRTH/e", birth));
    }

    [Fact]
    public void Names_and_aliases_have_a_bound_for_all_nodes_together_and_a_birth_gives_back_what_was_taken_before()
    {
        using var fixture = new PayloadFixture(Configuration.Replace("sparkplug,", "sparkplug, max_names: 4,", StringComparison.Ordinal));
        for (var round = 0; round < 5; round++)
        {
            var batch = fixture.Send("spBv1.0/g/NBIRTH/e", Message(0, IntakeFixture.Now + round, Metric("a", 10, 1).Double(1), Metric("b", 10, 2).Double(2), Metric("c", 10, 3).Double(3)));
            Assert.Equal($"e@{round}: a=1 b=2", fixture.Text(batch));
            Assert.Equal(RejectReason.TooManyMetrics, Assert.Single(batch.Letters).Reason);
        }

        Assert.Equal(RejectReason.TooManyMetrics, Assert.Single(fixture.Send("spBv1.0/g/NBIRTH/f", Message(0, IntakeFixture.Now, Metric("a", 10).Double(1))).Letters).Reason);
        fixture.Send("spBv1.0/g/NBIRTH/e", Message(0, IntakeFixture.Now));
        Assert.Equal("f@0: a=1", fixture.Rows("spBv1.0/g/NBIRTH/f", Message(0, IntakeFixture.Now, Metric("a", 10, 1).Double(1))));
        Assert.Equal("g.f.d@0: b=1", fixture.Rows("spBv1.0/g/DBIRTH/f/d", Message(1, IntakeFixture.Now, Metric("b", 10, 1).Double(1))));
        Assert.Equal("g.f.d@1: b=1", fixture.Rows("spBv1.0/g/DBIRTH/f/d", Message(2, IntakeFixture.Now + 1, Metric("b", 10, 1).Double(1))));
    }

    [Fact]
    public void A_host_announces_its_state_and_takes_it_back()
    {
        var fixture = new PayloadFixture(Configuration.Replace("sparkplug,", "sparkplug, host: fengsui,", StringComparison.Ordinal));
        fixture.Dispose();
        Assert.Equal(["spBv1.0/STATE/fengsui", "spBv1.0/STATE/fengsui"], fixture.Published.Select(message => message.Topic));
        Assert.All(fixture.Published, message => Assert.True(message.Retain));
        Assert.StartsWith("{\"online\":true,\"timestamp\":", System.Text.Encoding.UTF8.GetString(fixture.Published[0].Payload), StringComparison.Ordinal);
        Assert.StartsWith("{\"online\":false,", System.Text.Encoding.UTF8.GetString(fixture.Published[1].Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_and_metrics_beyond_their_bounds_are_refused_and_known_ones_go_on()
    {
        using var fixture = new PayloadFixture(Configuration.Replace("sparkplug,", "sparkplug, max_nodes: 1,", StringComparison.Ordinal));
        fixture.Rows("spBv1.0/g/NBIRTH/e", Message(0, IntakeFixture.Now, Metric("x", 10, 1).Double(1)));
        var refused = fixture.Send("spBv1.0/g/NBIRTH/other", Message(0, IntakeFixture.Now, Metric("x", 10).Double(1)));
        Assert.Equal(RejectReason.TooManyDevices, Assert.Single(refused.Letters).Reason);
        Assert.Equal("e@1: x=2", fixture.Rows("spBv1.0/g/NDATA/e", Message(1, IntakeFixture.Now + 1, Alias(1).Double(2))));
    }
}
