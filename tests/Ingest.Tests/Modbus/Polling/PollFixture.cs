using System.Buffers;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Modbus.Registers;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Tests.Modbus.Codec;

namespace Fengsui.Ingest.Tests.Modbus.Polling;

/// <summary>A session without a socket, on a clock that the test sets; its phases all begin at 0 or soon after.</summary>
internal sealed class PollFixture
{
    private readonly bool _serial;
    private byte[] _rest = [];

    public PollFixture(PollOptions? options = null, bool serial = false, params (byte Unit, RegisterMap Map)[] units)
    {
        _serial = serial;
        Report = new SourceBook(TimeProvider.System).Add("modbus", "test", "nowhere");
        Units = [.. units.Select(unit => new ModbusUnit(unit.Unit, $"d{unit.Unit}", unit.Map))];
        Session = new PollSession(Units, serial ? new RtuFraming() : new TcpFraming(), options ?? new PollOptions(), Outcome, Report, 0, seed: 0);
        Session.Connected();
    }

    public RecordedOutcome Outcome { get; } = new();

    public SourceConnection Report { get; }

    public ModbusUnit[] Units { get; }

    public PollSession Session { get; }

    public double NowMs { get; set; }

    /// <summary>The session's next turn, in ms.</summary>
    public double NextMs => Session.NextTurn / (double)TimeSpan.TicksPerMillisecond;

    /// <summary>What the session had before it at the last hearing, rests of former ones included.</summary>
    public byte[] HeardLast { get; private set; } = [];

    private long Now => (long)Math.Round(NowMs * TimeSpan.TicksPerMillisecond);

    /// <summary>Goes to a time and gives the requests that were sent then.</summary>
    public List<SentRequest> At(double ms)
    {
        NowMs = ms;
        var output = new ArrayBufferWriter<byte>();
        Session.Advance(Now, output);
        return [.. output.WrittenSpan.ToArray().Chunk(_serial ? 8 : 12).Select(frame => SentRequest.Of(frame, _serial))];
    }

    /// <summary>Goes from turn to turn until something is sent.</summary>
    public List<SentRequest> NextSent()
    {
        for (var turn = 0; turn < 10_000; turn++)
        {
            var sent = At(Math.Max(NowMs, NextMs));
            if (sent.Count > 0)
            {
                return sent;
            }
        }

        throw new InvalidOperationException("nothing is sent any more");
    }

    public SentRequest NextRequest() => NextSent().Single();

    /// <summary>Bytes come, perhaps in the midst of a frame.</summary>
    public void Hear(params byte[] bytes)
    {
        HeardLast = [.. _rest, .. bytes];
        var input = new ReadOnlySequence<byte>(HeardLast);
        Session.Receive(ref input, Now);
        _rest = input.ToArray();
    }

    /// <summary>The connection ends, and there is another at once.</summary>
    public void Reconnect()
    {
        Session.Disconnected(Now);
        Session.Connected();
        _rest = [];
    }

    /// <summary>The answer that a good slave gives, each register holding <paramref name="value"/>.</summary>
    public byte[] Answer(SentRequest request, ushort value = 10)
    {
        var data = Enumerable.Range(0, request.Count).SelectMany(_ => new[] { (byte)(value >> 8), (byte)value });
        return AnswerSamples.Framed(_serial, request.Transaction, request.Unit, [request.Function, (byte)(request.Count * 2), .. data]);
    }

    public byte[] Exception(SentRequest request, byte code) =>
        AnswerSamples.Framed(_serial, request.Transaction, request.Unit, (byte)(request.Function | 0x80), code);
}
