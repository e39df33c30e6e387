using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Tests.Admission;
using Fengsui.Ingest.Tests.Payloads.Support;
using static Fengsui.Ingest.Tests.Payloads.Sparkplug.SparkplugBytes;

namespace Fengsui.Ingest.Tests.Payloads.Sparkplug;

/// <summary>Births, data, gaps, deaths.</summary>
public sealed class SparkplugNodeTests : IDisposable
{
    private const long Now = IntakeFixture.Now;
    private const int Double = 10;
    private const int Boolean = 11;

    private readonly PayloadFixture _fixture = new("""
        payloads:
          - name: plant
            topics: spBv1.0/#
            form: sparkplug
            names: { "Sensors/Temp 1": temperature }
            rebirth_interval: 10s
        """);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_birth_gives_names_and_types_and_data_comes_by_alias()
    {
        Assert.Equal(
            "g.e@0: temperature=20.5 Valve.Open=1",
            Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("Sensors/Temp 1", Double, 1).Double(20.5), Metric("Valve/Open", Boolean, 2).Boolean(true), Rebirth())));
        Assert.Equal("g.e.d@1: Level=3", Rows("DBIRTH/e/d", Message(1, Now + 1, Metric("Level", 3, 7).Int(3))));
        Assert.Equal("g.e@2: temperature=21", Rows("NDATA/e", Message(2, Now + 2, Alias(1).Double(21))));
        Assert.Equal("g.e.d@3: Level=-4", Rows("DDATA/e/d", Message(3, Now + 3, Alias(7).Int(unchecked((uint)-4)))));
        Assert.Empty(_fixture.Published);
    }

    [Fact]
    public void Metrics_without_aliases_come_by_name_with_the_type_of_their_birth()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", 1).Int(1)));
        Assert.Equal("g.e@5: a=-2", Rows("NDATA/e", Message(1, Now, new SparkplugBytes().Bytes(1, "a"u8.ToArray()).At(Now + 5).Int(0xFE))));
    }

    [Fact]
    public void Each_metric_has_its_own_time_or_the_messages()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0), Metric("b", Double, 2).Double(0)));
        Assert.Equal(
            "g.e@-50: a=1; g.e@7: b=2 a=3",
            Rows("NDATA/e", Message(1, Now + 7, Alias(1).At(Now - 50).Double(1), Alias(2).Double(2), Alias(1).At(Now + 7).Double(3))));
        Assert.Equal("g.e: a=4", Rows("NDATA/e", Message(2, null, Alias(1).Double(4))));
    }

    [Fact]
    public void A_gap_in_the_sequence_asks_for_a_rebirth_once_in_a_while_and_keeps_the_data()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0)));
        Assert.Equal("g.e@1: a=1", Rows("NDATA/e", Message(2, Now + 1, Alias(1).Double(1))));
        AssertRebirth("spBv1.0/g/NCMD/e");
        Rows("NDATA/e", Message(4, Now + 2, Alias(1).Double(1)));
        Assert.Empty(_fixture.Published);
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        Rows("NDATA/e", Message(5, Now + 3, Alias(1).Double(1)));
        Assert.Empty(_fixture.Published);
        Rows("NDATA/e", Message(7, Now + 4, Alias(1).Double(1)));
        AssertRebirth("spBv1.0/g/NCMD/e");
    }

    [Fact]
    public void The_sequence_wraps_after_255_and_counts_all_messages_of_the_node()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0)));
        Rows("DBIRTH/e/d", Message(1, Now, Metric("b", Double, 2).Double(0)));
        for (var i = 2; i < 600; i++)
        {
            var isNode = i % 2 == 0;
            Rows(isNode ? "NDATA/e" : "DDATA/e/d", Message(i % 256, Now + i, Alias(isNode ? 1u : 2).Double(i)));
        }

        Assert.Empty(_fixture.Published);
    }

    [Fact]
    public void An_alias_before_any_birth_is_kept_as_a_dead_letter_and_asks_for_the_birth()
    {
        var batch = Send("NDATA/e", Message(5, Now, Alias(1).Double(1)));
        Assert.Empty(batch.Rows);
        Assert.Equal(RejectReason.NotMapped, Assert.Single(batch.Letters).Reason);
        AssertRebirth("spBv1.0/g/NCMD/e");
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0)));
        Assert.Equal("g.e@1: a=1", Rows("NDATA/e", Message(1, Now + 1, Alias(1).Double(1))));
    }

    [Fact]
    public void An_alias_means_nothing_after_a_birth_without_it_or_on_another_device()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0)));
        Rows("DBIRTH/e/d", Message(1, Now, Metric("b", Double, 2).Double(0)));
        Assert.Equal(RejectReason.NotMapped, Assert.Single(Send("DDATA/e/d", Message(2, Now, Alias(1).Double(1))).Letters).Reason);
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("c", Double, 3).Double(0)));
        Assert.Equal(RejectReason.NotMapped, Assert.Single(Send("NDATA/e", Message(1, Now, Alias(1).Double(1))).Letters).Reason);
        Assert.Equal(RejectReason.NotMapped, Assert.Single(Send("DDATA/e/d", Message(2, Now, Alias(2).Double(1))).Letters).Reason);
    }

    [Fact]
    public void A_death_makes_every_value_of_the_node_and_its_devices_stale()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(7), Metric("a", Double, 1).Double(0), Metric("b", Boolean, 2).Boolean(true)));
        Rows("DBIRTH/e/d", Message(1, Now + 5, Metric("c", Double, 3).Double(0)));
        Assert.Equal("g.e@1: a! b!; g.e.d@6: c!", Rows("NDEATH/e", Message(0, Now - 100_000, BirthNumber(7))));
        Assert.Equal("", Rows("NDEATH/e", Message(0, Now, BirthNumber(7))));
        Send("NDATA/e", Message(2, Now, Alias(1).Double(1)));
        AssertRebirth("spBv1.0/g/NCMD/e");
    }

    [Fact]
    public void The_will_of_an_earlier_connection_kills_nobody()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(8), Metric("a", Double, 1).Double(0)));
        Assert.Equal("", Rows("NDEATH/e", Message(0, Now, BirthNumber(7))));
        Assert.Equal("g.e@1: a=1", Rows("NDATA/e", Message(1, Now + 1, Alias(1).Double(1))));
        Assert.Empty(_fixture.Published);
    }

    [Fact]
    public void A_devices_death_leaves_the_node_alive()
    {
        Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(0)));
        Rows("DBIRTH/e/d", Message(1, Now, Metric("c", Double, 3).Double(0)));
        Assert.Equal("g.e.d@9: c!", Rows("DDEATH/e/d", Message(2, Now + 9)));
        Assert.Equal("g.e@1: a=1", Rows("NDATA/e", Message(3, Now + 1, Alias(1).Double(1))));
        Assert.Empty(_fixture.Published);
        Send("DDATA/e/d", Message(4, Now + 9, Alias(3).Double(1)));
        AssertRebirth("spBv1.0/g/NCMD/e");
    }

    [Fact]
    public void What_is_no_reading_is_declared_all_the_same_and_its_data_asks_for_nothing()
    {
        Assert.Equal("g.e@0: a=1", Rows("NBIRTH/e", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(1), Metric("set", 16, 2).Bytes(17, [1]), Metric("maker", 12, 3).Text("x y z"), Rebirth())));
        Assert.Equal("", Rows("NDATA/e", Message(1, Now, Alias(2).Bytes(17, [1]), Alias(99).Boolean(false))));
        Assert.Equal(RejectReason.UnsupportedValue, Assert.Single(Send("NDATA/e", Message(2, Now, Alias(3).Text("x y"))).Letters).Reason);
        Assert.Empty(_fixture.Published);
        Assert.Equal("g.e@1: a!", Rows("NDEATH/e", Message(0, Now, BirthNumber(1))));
    }

    [Fact]
    public void Nodes_are_followed_apart()
    {
        Rows("NBIRTH/e1", Message(0, Now, BirthNumber(1), Metric("a", Double, 1).Double(1)));
        Rows("NBIRTH/e2", Message(0, Now, BirthNumber(1), Metric("b", Double, 1).Double(2)));
        Assert.Equal("g.e1@0: a=3", Rows("NDATA/e1", Message(1, Now, Alias(1).Double(3))));
        Assert.Equal("g.e2@0: b=4", Rows("NDATA/e2", Message(1, Now, Alias(1).Double(4))));
    }

    [Fact]
    public void Commands_and_states_are_ordinary_messages()
    {
        Assert.Equal(IntakeVerdict.NotTelemetry, _fixture.Intake.Send([1, 2, 3], "spBv1.0/g/NCMD/e"));
        Assert.Equal(IntakeVerdict.NotTelemetry, _fixture.Intake.Send([1, 2, 3], "spBv1.0/g/DCMD/e/d"));
        Assert.Equal(IntakeVerdict.NotTelemetry, _fixture.Intake.Send("{}", "spBv1.0/STATE/scada"));
    }

    [Theory]
    [InlineData("spBv1.0/g/NDATA")]
    [InlineData("spBv1.0/g/NDATA/e/d")]
    [InlineData("spBv1.0/g/DDATA/e")]
    [InlineData("spBv1.0/g/DDATA/e/d/x")]
    [InlineData("spBv1.0/g/WHAT/e")]
    [InlineData("spBv1.0//NDATA/e")]
    public void A_topic_that_is_none_of_Sparkplugs_is_a_dead_letter(string topic)
    {
        var batch = _fixture.Send(topic, Message(0, Now));
        Assert.Equal(RejectReason.UnknownMessage, Assert.Single(batch.Letters).Reason);
    }

    private static SparkplugBytes Rebirth() => Metric("Node Control/Rebirth", Boolean, 99).Boolean(false);

    private Decoding.StagedBatch Send(string topic, byte[] message) => _fixture.Send("spBv1.0/g/" + topic, message);

    private string Rows(string topic, byte[] message) => _fixture.Rows("spBv1.0/g/" + topic, message);

    private void AssertRebirth(string topic)
    {
        var (published, payload, retain) = Assert.Single(_fixture.Published);
        Assert.Equal((topic, false), (published, retain));
        Assert.Contains("Node Control/Rebirth", Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
        Assert.Equal([0x20, Boolean, 0x70, 1], payload[^4..]);
        _fixture.Published.Clear();
    }
}
