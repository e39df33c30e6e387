using System.Buffers.Binary;

namespace Fengsui.Ingest.Vehicles.Codec;

/// <summary>
/// The header of a JT/T 808 message. 2013: id u16, attributes u16, phone BCD[6], serial u16; 2019 (bit 14 of the attributes): id, attributes,
/// version u8, phone BCD[10], serial. A part of a split message (bit 13) adds total u16 and number u16. Big-endian.
/// </summary>
/// <param name="Id">The kind of message, see <see cref="MessageId"/>.</param>
/// <param name="BodyLength">Bytes, 0 to 1,023; bits 0–9 of the attributes.</param>
/// <param name="Encryption">0 for none; bits 10–12 of the attributes.</param>
/// <param name="Is2019">Which of the two layouts.</param>
/// <param name="Version">The version byte of 2019; 0 in 2013.</param>
/// <param name="Serial">The sender's number of the message, which a reply repeats.</param>
/// <param name="Parts">Messages that the whole was split into; 0 when it was not.</param>
/// <param name="Part">1 for the first part.</param>
internal readonly record struct Jt808Header(
    ushort Id, int BodyLength, int Encryption, bool Is2019, byte Version, ushort Serial, ushort Parts, ushort Part)
{
    public const int MaxBodyBytes = 0x3FF;
    public const int LongestBytes = 21;
    public const int Phone2013Bytes = 6;
    public const int Phone2019Bytes = 10;

    private const int SplitBit = 0x2000;
    private const int VersionBit = 0x4000;

    public bool IsSplit => Parts > 0;

    public int PhoneBytes => Is2019 ? Phone2019Bytes : Phone2013Bytes;

    /// <summary>Where the phone begins.</summary>
    public int PhoneOffset => Is2019 ? 5 : 4;

    public int Bytes => PhoneOffset + PhoneBytes + 2 + (IsSplit ? 4 : 0);

    /// <summary>False when the bytes are too few, or a split message has no such part.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Jt808Header header)
    {
        header = default;
        if (bytes.Length < 4)
        {
            return false;
        }

        var attributes = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var isSplit = (attributes & SplitBit) != 0;
        header = new Jt808Header
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(bytes),
            BodyLength = attributes & MaxBodyBytes,
            Encryption = (attributes >> 10) & 7,
            Is2019 = (attributes & VersionBit) != 0,
            Parts = (ushort)(isSplit ? 1 : 0),
        };
        if (bytes.Length < header.Bytes)
        {
            return false;
        }

        var serial = bytes[(header.PhoneOffset + header.PhoneBytes)..];
        header = header with
        {
            Version = header.Is2019 ? bytes[4] : (byte)0,
            Serial = BinaryPrimitives.ReadUInt16BigEndian(serial),
            Parts = isSplit ? BinaryPrimitives.ReadUInt16BigEndian(serial[2..]) : (ushort)0,
            Part = isSplit ? BinaryPrimitives.ReadUInt16BigEndian(serial[4..]) : (ushort)0,
        };
        return !isSplit || (header.Part >= 1 && header.Part <= header.Parts);
    }
}
