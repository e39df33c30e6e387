using System.Buffers;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Tests.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Modbus.Codec;

public sealed class FramingTests
{
    [Fact]
    public void Request_over_TCP_is_that_of_the_messaging_guide()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(12, new TcpFraming().Write(output, 0x1501, new ReadRequest(0xFF, ModbusFunction.HoldingRegisters, 4, 1)));
        Assert.Equal("150100000006FF0300040001", Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void Request_on_a_serial_line_ends_with_its_checksum()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(8, new RtuFraming().Write(output, 7, AnswerSamples.Request));
        Assert.Equal("1103006B00037687", Convert.ToHexString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_prefix_of_an_answer_is_taken_and_nothing_is_consumed(bool serial)
    {
        foreach (var pdu in (byte[][])[AnswerSamples.Pdu, AnswerSamples.Exception(2)])
        {
            var frame = AnswerSamples.Framed(serial, 9, 0x11, pdu);
            for (var length = 0; length < frame.Length; length++)
            {
                var input = new ReadOnlySequence<byte>(frame, 0, length);
                Assert.Equal(FrameStatus.NeedMore, Read(serial, ref input, out _));
                Assert.Equal(length, input.Length);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answer_is_the_same_wherever_it_is_split(bool serial)
    {
        var frame = AnswerSamples.Framed(serial, 9, 0x11, AnswerSamples.Pdu);
        for (var split = 1; split < frame.Length; split++)
        {
            var input = Segment.Sequence(frame[..split], [.. frame[split..], 0xAA]);
            Assert.Equal(FrameStatus.Frame, Read(serial, ref input, out var pdu));
            Assert.Equal(AnswerSamples.Pdu, pdu);
            Assert.Equal(1, input.Length);
        }
    }

    [Theory]
    [InlineData("0001000100060103", FrameStatus.Malformed)]
    [InlineData("000100", FrameStatus.NeedMore)]
    [InlineData("00010100", FrameStatus.Malformed)]
    [InlineData("000100000002010300", FrameStatus.Malformed)]
    [InlineData("0001000000FF0103", FrameStatus.Malformed)]
    [InlineData("00010000FFFF", FrameStatus.Malformed)]
    [InlineData("0001000000FE0103", FrameStatus.NeedMore)]
    public void Header_over_TCP_must_be_one(string bytes, object status)
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(bytes));
        Assert.Equal(status, Read(serial: false, ref input, out _));
    }

    [Theory]
    [InlineData("0105", FrameStatus.Malformed)]
    [InlineData("0100", FrameStatus.Malformed)]
    [InlineData("0110", FrameStatus.Malformed)]
    [InlineData("01", FrameStatus.NeedMore)]
    [InlineData("0103FF", FrameStatus.Malformed)]
    [InlineData("010302000A3843", FrameStatus.Frame)]
    [InlineData("010302000A3842", FrameStatus.WrongChecksum)]
    [InlineData("010302000B3843", FrameStatus.WrongChecksum)]
    [InlineData("018302C0F1", FrameStatus.Frame)]
    public void Frame_on_a_serial_line_must_be_an_answer_with_its_checksum(string bytes, object status)
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(bytes));
        Assert.Equal(status, Read(serial: true, ref input, out _));
    }

    [Theory]
    [InlineData(0x11, "0306022B00000064", AnswerVerdict.Data)]
    [InlineData(0x11, "8302", AnswerVerdict.Exception)]
    [InlineData(0x12, "0306022B00000064", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "0406022B00000064", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "0304022B0000", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "0306022B0000", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "0304022B00000064", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "0308022B000000640000", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "8402", AnswerVerdict.Mismatch)]
    [InlineData(0x12, "8302", AnswerVerdict.Mismatch)]
    [InlineData(0x11, "830200", AnswerVerdict.Mismatch)]
    public void Answer_fits_only_the_unit_function_and_length_asked_for(byte unit, string pdu, object verdict)
    {
        var answer = new Answer { Unit = unit, Pdu = Convert.FromHexString(pdu) };
        Assert.Equal(verdict, answer.Judge(AnswerSamples.Request, out _, out var data));
        Assert.Equal(verdict is AnswerVerdict.Data ? 6 : 0, data.Length);
    }

    private static FrameStatus Read(bool serial, ref ReadOnlySequence<byte> input, out byte[] pdu)
    {
        IFraming framing = serial ? new RtuFraming() : new TcpFraming();
        var status = framing.TryRead(ref input, new byte[framing.MaxFrameBytes], out var answer);
        pdu = answer.Pdu.ToArray();
        return status;
    }
}
