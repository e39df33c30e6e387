using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>AUTH (3.15), 5.0 only.</summary>
public ref struct AuthPacket
{
    public ReasonCode Reason { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public static bool TryParse(ReadOnlySpan<byte> body, DecodeLimits limits, out AuthPacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        if (reader.Remaining > 0)
        {
            packet.Reason = (ReasonCode)reader.ReadByte();
            if (packet.Reason is not (ReasonCode.Success or ReasonCode.ContinueAuthentication or ReasonCode.ReAuthenticate)) reader.Fail(MalformedCause.InvalidReasonCode);
            if (reader.Remaining > 0) packet.Properties = reader.ReadProperties(MqttVersion.V5, PropertyScope.Auth, limits);
        }
        return reader.Finish(out cause);
    }

    public readonly void WriteTo(IBufferWriter<byte> output)
    {
        var empty = Reason == ReasonCode.Success && Properties.Length == 0;
        var writer = PacketWriter.Open(output, PacketType.Auth, 0, empty ? 0 : 1 + PacketWriter.PropertiesLength(MqttVersion.V5, Properties.Length));
        if (!empty)
        {
            writer.WriteByte((byte)Reason);
            writer.WriteProperties(MqttVersion.V5, Properties);
        }
        writer.CommitTo(output);
    }
}
