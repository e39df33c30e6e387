using System.Buffers;
using System.Buffers.Binary;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>
/// Writes the platform's replies to one terminal, in the layout and with the phone that the terminal used, and keeps them until what they
/// acknowledge is durable.
/// </summary>
internal sealed class ReplyWriter
{
    private readonly ArrayBufferWriter<byte> _pending = new(256);
    private readonly byte[] _plain = new byte[Jt808Header.LongestBytes + Jt808Header.MaxBodyBytes + 1];
    private ushort _serial;

    public ReadOnlyMemory<byte> Pending => _pending.WrittenMemory;

    /// <summary>Frames in <see cref="Pending"/>.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        _pending.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>0x8001: to which message, and how it went.</summary>
    public void General(in Jt808Frame to, ushort serial, ReplyResult result)
    {
        Span<byte> body = stackalloc byte[5];
        BinaryPrimitives.WriteUInt16BigEndian(body, serial);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], to.Header.Id);
        body[4] = (byte)result;
        Write(MessageId.PlatformReply, to, body);
    }

    /// <summary>0x8100: the authentication code follows a success only.</summary>
    public void Registration(in Jt808Frame to, RegistrationResult result, ReadOnlySpan<byte> code)
    {
        Span<byte> body = stackalloc byte[3 + code.Length];
        BinaryPrimitives.WriteUInt16BigEndian(body, to.Header.Serial);
        body[2] = (byte)result;
        code.CopyTo(body[3..]);
        Write(MessageId.RegistrationReply, to, result == RegistrationResult.Done ? body : body[..3]);
    }

    /// <summary>0x8003: send these parts again. The count is one byte in 2013 and two in 2019.</summary>
    /// <param name="firstSerial">The serial that the first part has.</param>
    /// <param name="missing">Numbers of the parts, 1 for the first.</param>
    public void PartsRequest(in Jt808Frame to, ushort firstSerial, ReadOnlySpan<ushort> missing)
    {
        var countBytes = to.Header.Is2019 ? 2 : 1;
        Span<byte> body = stackalloc byte[2 + countBytes + (missing.Length * 2)];
        BinaryPrimitives.WriteUInt16BigEndian(body, firstSerial);
        body[2] = 0;
        body[1 + countBytes] = (byte)missing.Length;
        for (var i = 0; i < missing.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[(2 + countBytes + (i * 2))..], missing[i]);
        }

        Write(MessageId.PartsRequest, to, body);
    }

    private void Write(ushort id, in Jt808Frame to, ReadOnlySpan<byte> body)
    {
        var head = to.Header;
        BinaryPrimitives.WriteUInt16BigEndian(_plain, id);
        BinaryPrimitives.WriteUInt16BigEndian(_plain.AsSpan(2), (ushort)(body.Length | (head.Is2019 ? 0x4000 : 0)));
        _plain[4] = head.Version;
        to.Phone.CopyTo(_plain.AsSpan(head.PhoneOffset));
        var at = head.PhoneOffset + head.PhoneBytes;
        BinaryPrimitives.WriteUInt16BigEndian(_plain.AsSpan(at), _serial++);
        body.CopyTo(_plain.AsSpan(at + 2));
        var length = at + 2 + body.Length;
        _plain[length] = Jt808Frame.ChecksumOf(_plain.AsSpan(0, length));
        length++;
        var frame = _pending.GetSpan((length * 2) + 2);
        frame[0] = Jt808Framing.Delimiter;
        var escaped = Jt808Escape.Do(_plain.AsSpan(0, length), frame[1..]);
        frame[1 + escaped] = Jt808Framing.Delimiter;
        _pending.Advance(escaped + 2);
        Count++;
    }
}
