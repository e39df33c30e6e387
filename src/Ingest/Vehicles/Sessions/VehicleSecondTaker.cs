using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Again;
using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>Takes again what a terminal said: a whole frame, or the body of a message.</summary>
internal sealed class VehicleSecondTaker(SessionOptions options) : ISecondTaker
{
    private const byte Delimiter = 0x7E;

    public ValueTask<string> TakeAsync(SecondLetter letter, SampleIntake intake, SourceConnection report, CancellationToken cancellation)
    {
        if (letter.Reason == RejectReason.NotAuthenticated.Name() && !letter.IsMended)
        {
            return ValueTask.FromResult("its terminal had not shown who it is (not-authenticated), and cannot do so now");
        }

        var taker = new MessageTaker(options, intake, report);
        return ValueTask.FromResult(TerminalAbout.Read(letter.About, Encoding.UTF8.GetString(options.About)) is { } body
            ? TakeBody(taker, body.Phone, body.Id, letter.Bytes.Span)
            : TakeFrame(taker, letter.Bytes.Span));
    }

    private string TakeBody(MessageTaker taker, string phone, ushort id, ReadOnlySpan<byte> body)
    {
        if (options.Terminals.Find(phone) is not { } terminal)
        {
            return $"the terminal {phone} is not known to this source any more";
        }

        taker.Turn(terminal);
        taker.Take(id, encryption: 0, Digest.Of(id, body), body);
        return "";
    }

    private string TakeFrame(MessageTaker taker, ReadOnlySpan<byte> raw)
    {
        // People paste frames with their delimiters.
        raw = raw.TrimStart(Delimiter).TrimEnd(Delimiter);
        Span<byte> plain = new byte[Jt808Framing.MaxEscapedBytes];
        var length = raw.Length <= plain.Length ? Jt808Escape.Undo(raw, plain) : 0;
        Jt808Frame frame = default;
        var fault = length > 0 ? Jt808Frame.TryRead(plain[..length], out frame) : RejectReason.MalformedFrame;
        if (fault != RejectReason.None)
        {
            taker.Refuse(fault, raw);
            return "";
        }

        if (frame.Header.Id is MessageId.Registration or MessageId.Authentication)
        {
            return "a login of a terminal means nothing after its connection";
        }

        if (frame.Header.IsSplit)
        {
            return "it is one part of a split message, and means nothing without the others";
        }

        var login = new Login(options.Terminals);
        login.Turn(frame.Phone);
        if (login.Candidate is not { } terminal)
        {
            return "its terminal is not known to this source";
        }

        taker.Turn(terminal);
        taker.Take(frame.Header.Id, frame.Header.Encryption, Digest.Of(frame.Header.Serial, raw), frame.Body);
        return "";
    }
}
