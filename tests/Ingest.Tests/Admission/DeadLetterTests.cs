using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;

namespace Fengsui.Ingest.Tests.Admission;

public sealed class DeadLetterTests
{
    private const byte QuotaExceeded = 0x97;

    [Fact]
    public void Letters_beyond_the_bound_of_a_second_are_refused_and_counted()
    {
        var intake = new IntakeFixture(new IntakeOptions { MaxDeadLettersPerSecond = 3 });
        for (var second = 0; second < 3; second++)
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(i < 3 ? IntakeVerdict.DeadLettered : IntakeVerdict.Refused, intake.Send("garbage"));
            }

            Assert.Equal(QuotaExceeded, intake.Admission.RefusedReason);
            var batch = intake.Take();
            Assert.Equal((5, 2, 3), (batch.Received, batch.Refused, batch.Letters.Count));
            intake.ClockMs += 1_000;
        }

        Assert.Equal(15, intake.Counters.Rejected(RejectReason.MalformedJson));
    }

    [Fact]
    public void The_bound_is_not_lifted_before_the_second_is_over()
    {
        var intake = new IntakeFixture(new IntakeOptions { MaxDeadLettersPerSecond = 1 });
        Assert.Equal(IntakeVerdict.DeadLettered, intake.Send("garbage"));
        intake.ClockMs += 999;
        Assert.Equal(IntakeVerdict.Refused, intake.Send("garbage"));
        intake.ClockMs += 1;
        Assert.Equal(IntakeVerdict.DeadLettered, intake.Send("garbage"));
    }

    [Fact]
    public void Good_readings_beside_a_refused_letter_are_staged_all_the_same()
    {
        var intake = new IntakeFixture(new IntakeOptions { MaxDeadLettersPerSecond = 0 });
        Assert.Equal(IntakeVerdict.Staged, intake.Send("""{"co":1,"fw":"1.2"}"""));
        var batch = intake.Take();
        Assert.Equal("d1: co=1", Assert.Single(batch.Rows).ToString());
        Assert.Equal((2, 1, 0), (batch.Received, batch.Refused, batch.Letters.Count));
    }

    [Fact]
    public void Good_messages_pass_while_bad_ones_are_refused()
    {
        var intake = new IntakeFixture(new IntakeOptions { MaxDeadLettersPerSecond = 0 });
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(IntakeVerdict.Refused, intake.Send("{"));
            Assert.Equal(IntakeVerdict.Staged, intake.Send("""{"co":1}"""));
        }

        var batch = intake.Take();
        Assert.Equal((200, 100, 100), (batch.Received, batch.Refused, batch.Rows.Count));
    }

    [Fact]
    public void A_letter_keeps_its_topic_and_bytes()
    {
        var intake = new IntakeFixture();
        byte[] payload = [0, 1, 2, 0xFF, (byte)'{'];
        Assert.Equal(IntakeVerdict.DeadLettered, intake.Send(payload, "telemetry/温度"));
        var letter = Assert.Single(intake.Take().Letters);
        Assert.Equal(("telemetry/温度", payload.Length), (letter.Topic, letter.OriginalLength));
        Assert.Equal(payload, letter.Payload);
    }

    [Fact]
    public void Counters_are_those_of_the_flushed_batches()
    {
        var intake = new IntakeFixture();
        intake.Send("""{"co":1,"h2s":2}""");
        intake.Send("""{"co":1,"h2s":2}""");
        intake.Send("{");
        intake.Take();
        Assert.Equal(
            (3L, 5L, 2L, 1L),
            (intake.Counters.Messages, intake.Counters.Readings, intake.Counters.FullDecodes, intake.Counters.Batches));
    }
}
