using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Tests.Decoding;

namespace Fengsui.Ingest.Tests.Admission;

/// <summary>What the devices need to know a re-sent message again.</summary>
public sealed class ResendTests
{
    private const string Json = """{"co":1,"h2s":2}""";

    [Fact]
    public void A_resent_message_without_a_time_has_the_fingerprint_of_the_first()
    {
        var intake = new IntakeFixture();

        // The first goes through the full decoder, the second through the fast reader.
        var first = Row(intake, Json, qos: 1, id: 7);
        intake.ClockMs += 60_000;
        var second = Row(intake, Json, qos: 1, id: 7, dup: true);
        Assert.NotEqual(0u, first.Fingerprint);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal((RowFlags.ServerTime, RowFlags.ServerTime | RowFlags.Resent), (first.Flags, second.Flags));
    }

    [Fact]
    public void It_has_it_on_another_connection_of_the_same_client_too()
    {
        var first = Row(new IntakeFixture(clientId: "gw-1"), Json, qos: 1, id: 7);
        Assert.Equal(first.Fingerprint, Row(new IntakeFixture(clientId: "gw-1"), Json, qos: 2, id: 7, dup: true).Fingerprint);
        Assert.NotEqual(first.Fingerprint, Row(new IntakeFixture(clientId: "gw-2"), Json, qos: 1, id: 7).Fingerprint);
    }

    [Theory]
    [InlineData(Json, 8)]
    [InlineData("""{"co":1,"h2s":3}""", 7)]
    public void Another_packet_id_or_content_has_another(string json, ushort id)
    {
        var intake = new IntakeFixture();
        var first = Row(intake, Json, qos: 1, id: 7);
        Assert.NotEqual(first.Fingerprint, Row(intake, json, qos: 1, id: id).Fingerprint);
    }

    [Fact]
    public void A_row_with_a_time_of_its_own_or_of_QoS_0_has_none()
    {
        var intake = new IntakeFixture();
        const string timed = """{"ts":1760000000000,"values":{"co":1,"h2s":2}}""";
        foreach (var row in new[]
        {
            Row(intake, timed, qos: 1, id: 7),
            Row(intake, timed, qos: 1, id: 7),
            Row(intake, Json),
            Row(intake, Json),
        })
        {
            Assert.Equal(0u, row.Fingerprint);
        }

        Assert.Equal(RowFlags.Resent, Row(intake, timed, qos: 1, id: 7, dup: true).Flags);
    }

    [Fact]
    public void Rows_of_one_message_differ_and_each_equals_itself_when_sent_again()
    {
        const string json = """{"d1":[{"co":1},{"co":1},{"ts":1760000000000,"values":{"co":1}},{"co":1,"co":1}],"d2":{"co":1}}""";
        var intake = new IntakeFixture();
        intake.Send(json, IntakeFixture.GatewayTopic, qos: 1, id: 7);
        var first = intake.Take().Rows.Select(row => row.Fingerprint).ToArray();
        intake.Send(json, IntakeFixture.GatewayTopic, qos: 1, id: 7, dup: true);
        var again = intake.Take().Rows;
        Assert.Equal(first, again.Select(row => row.Fingerprint));
        Assert.Equal(6, first.Length);
        Assert.Equal(6, first.Distinct().Count());
        Assert.All(again, row => Assert.NotEqual(RowFlags.None, row.Flags & RowFlags.Resent));
    }

    [Fact]
    public void The_digest_is_CRC_32C_and_stays_what_the_journal_holds()
    {
        // RFC 3720's check value of the nine digits, with the seed that the RFC starts from.
        Assert.Equal(0xE306_9283u, Digest.Of(0, "123456789"u8));
        Assert.Equal(Digest.Of(0, "123456789abcdefg"u8), Digest.Of(Digest.Of(0, "12345678"u8), "9abcdefg"u8));
    }

    private static StagedRow Row(IntakeFixture intake, string json, byte qos = 0, ushort id = 0, bool dup = false)
    {
        Assert.Equal(IntakeVerdict.Staged, intake.Send(json, qos: qos, dup: dup, id: id));
        return Assert.Single(intake.Take().Rows);
    }
}
