using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>SUBSCRIBE (3.8). <see cref="Filters"/> is the validated payload; walk it with <see cref="TryReadNext"/>.</summary>
public ref struct SubscribePacket
{
    public ushort PacketId { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    /// <summary>Entries as on the wire: filter, options byte.</summary>
    public ReadOnlySpan<byte> Filters { get; set; }

    /// <summary>Number of entries, at least 1.</summary>
    public int Count { get; set; }

    public static bool TryParse(ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out SubscribePacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        packet.PacketId = reader.ReadPacketId();
        packet.Properties = reader.ReadProperties(version, PropertyScope.Subscribe, limits);
        packet.Filters = reader.Rest;
        while (reader.Remaining > 0)
        {
            var filter = reader.ReadText();
            var options = reader.ReadByte();
            if (reader.Failed) break;
            if (!MqttText.IsTopicFilter(filter)) reader.Fail(MalformedCause.InvalidTopicFilter);
            else if (!SubscriptionOptions.TryFromByte(options, version, out var parsed)) reader.Fail(MalformedCause.InvalidSubscriptionOptions);
            else if (parsed.NoLocal && filter.StartsWith("$share/"u8)) reader.Fail(MalformedCause.NoLocalOnSharedSubscription);
            packet.Count++;
        }
        if (!reader.Failed && packet.Count == 0) reader.Fail(MalformedCause.EmptySubscription);
        return reader.Finish(out cause);
    }

    /// <summary>Takes the next entry off <paramref name="filters"/> (start with <see cref="Filters"/>).</summary>
    public static bool TryReadNext(ref ReadOnlySpan<byte> filters, out ReadOnlySpan<byte> filter, out SubscriptionOptions options)
    {
        var reader = new BodyReader(filters);
        filter = reader.ReadBinary();
        _ = SubscriptionOptions.TryFromByte(reader.ReadByte(), MqttVersion.V5, out options);
        filters = reader.Rest;
        return !reader.Failed;
    }

    /// <summary>Appends one entry to a payload under construction.</summary>
    public static void WriteFilter(IBufferWriter<byte> filters, ReadOnlySpan<byte> filter, SubscriptionOptions options)
    {
        var writer = new PacketWriter(filters.GetSpan(filter.Length + 3));
        writer.WriteBinary(filter);
        writer.WriteByte(options.ToByte());
        writer.CommitTo(filters);
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var writer = PacketWriter.Open(output, PacketType.Subscribe, 2, 2 + PacketWriter.PropertiesLength(version, Properties.Length) + Filters.Length);
        writer.WriteUInt16(PacketId);
        writer.WriteProperties(version, Properties);
        writer.WriteBytes(Filters);
        writer.CommitTo(output);
    }
}
