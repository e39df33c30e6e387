using System.Buffers;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Modbus.Registers;
using Fengsui.Support;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

public sealed class AllocationTests
{
    private const int Polls = 1_000;
    private const long PeriodTicks = 100 * TimeSpan.TicksPerMillisecond;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Poll_and_its_answer_allocate_nothing(bool serial)
    {
        var unit = new ModbusUnit(1, "d", Points.Map(Points.At(0, periodMs: 100)));
        var report = new SourceBook(TimeProvider.System).Add("modbus", "test", "nowhere");
        var outcome = new CountedOutcome();
        var session = new PollSession([unit], serial ? new RtuFraming() : new TcpFraming(), new PollOptions(), outcome, report, 0, 0);
        var output = new ArrayBufferWriter<byte>(64);
        var answer = Codec.AnswerSamples.Framed(serial, 0, 1, 3, 2, 0, 10);
        var now = PeriodTicks;
        var bytes = Allocation.LeastOf(() =>
        {
            for (var i = 0; i < Polls; i++)
            {
                session.Advance(now += PeriodTicks, output);
                if (!serial)
                {
                    output.WrittenSpan[..2].CopyTo(answer);
                }

                output.ResetWrittenCount();
                var input = new ReadOnlySequence<byte>(answer);
                session.Receive(ref input, now);
            }
        });
        Assert.Equal(0, bytes);
        Assert.Equal(0, outcome.Others);
        Assert.True(outcome.Answers >= Polls);
    }

    private sealed class CountedOutcome : IPollOutcome
    {
        public int Answers { get; private set; }

        public int Others { get; private set; }

        public void Answered(PollTask task, ReadOnlySpan<byte> data) => Answers++;

        public void Failed(PollTask task, PollFailure why) => Others++;

        public void Refused(RejectReason reason, ReadOnlySpan<byte> frame) => Others++;
    }
}
