using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>UNSUBSCRIBE (3.10). <see cref="Filters"/> is the validated payload; walk it with <see cref="TryReadNext"/>.</summary>
public ref struct UnsubscribePacket
{
    public ushort PacketId { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public ReadOnlySpan<byte> Filters { get; set; }

    /// <summary>Number of entries, at least 1.</summary>
    public int Count { get; set; }

    public static bool TryParse(ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out UnsubscribePacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        packet.PacketId = reader.ReadPacketId();
        packet.Properties = reader.ReadProperties(version, PropertyScope.Unsubscribe, limits);
        packet.Filters = reader.Rest;
        while (reader.Remaining > 0)
        {
            var filter = reader.ReadText();
            if (!reader.Failed && !MqttText.IsTopicFilter(filter)) reader.Fail(MalformedCause.InvalidTopicFilter);
            packet.Count++;
        }
        if (!reader.Failed && packet.Count == 0) reader.Fail(MalformedCause.EmptySubscription);
        return reader.Finish(out cause);
    }

    /// <summary>Takes the next filter off <paramref name="filters"/> (start with <see cref="Filters"/>).</summary>
    public static bool TryReadNext(ref ReadOnlySpan<byte> filters, out ReadOnlySpan<byte> filter)
    {
        var reader = new BodyReader(filters);
        filter = reader.ReadBinary();
        filters = reader.Rest;
        return !reader.Failed;
    }

    /// <summary>Appends one entry to a payload under construction.</summary>
    public static void WriteFilter(IBufferWriter<byte> filters, ReadOnlySpan<byte> filter)
    {
        var writer = new PacketWriter(filters.GetSpan(filter.Length + 2));
        writer.WriteBinary(filter);
        writer.CommitTo(filters);
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = PacketWriter.Open(output, PacketType.Unsubscribe, 2, 2 + PacketWriter.PropertiesLength(version, Properties.Length) + Filters.Length);
        writer.WriteUInt16(PacketId);
        writer.WriteProperties(version, Properties);
        writer.WriteBytes(Filters);
        writer.CommitTo(output);
    }
}
