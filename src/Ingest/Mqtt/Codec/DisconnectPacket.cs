using System.Buffers;

namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>DISCONNECT (3.14). 3.1.1 has no body.</summary>
public ref struct DisconnectPacket
{
    public ReasonCode Reason { get; set; }

    public ReadOnlySpan<byte> Properties { get; set; }

    public static bool TryParse(ReadOnlySpan<byte> body, MqttVersion version, DecodeLimits limits, out DisconnectPacket packet, out MalformedCause cause)
    {
        packet = default;
        var reader = new BodyReader(body);
        if (version == MqttVersion.V5 && reader.Remaining > 0)
        {
            packet.Reason = (ReasonCode)reader.ReadByte();
            if (!IsAllowed(packet.Reason)) reader.Fail(MalformedCause.InvalidReasonCode);
            if (reader.Remaining > 0) packet.Properties = reader.ReadProperties(version, PropertyScope.Disconnect, limits);
        }
        return reader.Finish(out cause);
    }

    public readonly void WriteTo(IBufferWriter<byte> output, MqttVersion version)
    {
        var withProperties = version == MqttVersion.V5 && Properties.Length > 0;
        var withReason = withProperties || (version == MqttVersion.V5 && Reason != ReasonCode.Success);
        var length = (withReason ? 1 : 0) + (withProperties ? PacketWriter.PropertiesLength(version, Properties.Length) : 0);
        var writer = PacketWriter.Open(output, PacketType.Disconnect, 0, length);
        if (withReason) writer.WriteByte((byte)Reason);
        if (withProperties) writer.WriteProperties(version, Properties);
        writer.CommitTo(output);
    }

    private static bool IsAllowed(ReasonCode reason) => reason switch
    {
        ReasonCode.Success or ReasonCode.DisconnectWithWill => true,
        >= ReasonCode.UnspecifiedError and <= ReasonCode.ImplementationSpecificError => true,
        ReasonCode.NotAuthorized or ReasonCode.ServerBusy or ReasonCode.ServerShuttingDown or ReasonCode.BadAuthenticationMethod => true,
        >= ReasonCode.KeepAliveTimeout and <= ReasonCode.TopicNameInvalid => true,
        >= ReasonCode.ReceiveMaximumExceeded and <= ReasonCode.WildcardSubscriptionsNotSupported => true,
        _ => false,
    };
}
