using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Devices.Records;

/// <summary>
/// A view over one refused input in a batch. Layout, little-endian:
/// <code>
///  0 u8  kind (2)        1 u8  reason        2 u16 length of the topic, bytes
///  4 u32 length of the entry, bytes          8 u32 original length of the payload, bytes
/// 12 topic, then as much of the payload as was kept
/// </code>
/// </summary>
public readonly ref struct DeadLetterEntry(ReadOnlySpan<byte> bytes)
{
    public const int HeaderBytes = 12;

    /// <summary>Longest payload kept with a dead letter; the rest is cut off and its original length recorded.</summary>
    public const int MaxPayloadBytes = 64 * 1024;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public RejectReason Reason => (RejectReason)_bytes[1];

    public int OriginalLength => BinaryPrimitives.ReadInt32LittleEndian(_bytes[8..]);

    public string Topic => Encoding.UTF8.GetString(_bytes.Slice(HeaderBytes, TopicLength));

    public ReadOnlySpan<byte> Payload => _bytes[(HeaderBytes + TopicLength)..];

    private int TopicLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[2..]);

    public static int SizeBytes(int topicLength, int payloadLength) =>
        HeaderBytes + topicLength + Math.Min(payloadLength, MaxPayloadBytes);

    public static void Write(Span<byte> entry, RejectReason reason, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        entry[0] = (byte)EntryKind.DeadLetter;
        entry[1] = (byte)reason;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)topic.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], entry.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], payload.Length);
        topic.CopyTo(entry[HeaderBytes..]);
        payload[..Math.Min(payload.Length, MaxPayloadBytes)].CopyTo(entry[(HeaderBytes + topic.Length)..]);
    }
}
