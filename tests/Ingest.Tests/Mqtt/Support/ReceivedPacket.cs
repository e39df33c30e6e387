using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.Mqtt.Support;

/// <summary>One packet as the test client got it, with its parts copied out.</summary>
internal sealed record ReceivedPacket(PacketType Type, byte Flags, byte[] Body, MqttVersion Version)
{
    public PublishPacket AsPublish()
    {
        Assert.True(PublishPacket.TryParse(Flags, Body, Version, DecodeLimits.Protocol, out var packet, out var cause), cause.ToString());
        return packet;
    }

    public string Topic => Encoding.UTF8.GetString(AsPublish().Topic);

    public string Payload => Encoding.UTF8.GetString(AsPublish().Payload);

    public byte Qos => AsPublish().Qos;

    public bool Retain => AsPublish().Retain;

    public bool Dup => AsPublish().Dup;

    public ushort PacketId => Type == PacketType.Publish ? AsPublish().PacketId : (ushort)((Body[0] << 8) | Body[1]);

    /// <summary>The reason of an acknowledgement or DISCONNECT, or the code of a CONNACK.</summary>
    public ReasonCode Reason => Type switch
    {
        PacketType.Disconnect => Body.Length > 0 ? (ReasonCode)Body[0] : ReasonCode.Success,
        PacketType.ConnAck => (ReasonCode)Body[1],
        _ => Body.Length > 2 ? (ReasonCode)Body[2] : ReasonCode.Success,
    };

    /// <summary>Codes of SUBACK and UNSUBACK.</summary>
    public byte[] Codes => SubAckPacket.TryParse(Type, Body, Version, DecodeLimits.Protocol, out var packet, out _) ? packet.Codes.ToArray() : [];

    public IReadOnlyList<(PropertyId Id, uint Number, string Text)> Properties()
    {
        var section = Type switch
        {
            PacketType.Publish => AsPublish().Properties,
            PacketType.ConnAck => ConnAckPacket.TryParse(Body, Version, DecodeLimits.Protocol, out var connAck, out _) ? connAck.Properties : default,
            _ => default,
        };
        List<(PropertyId, uint, string)> found = [];
        var reader = new PropertyReader(section);
        while (reader.MoveNext()) found.Add((reader.Id, reader.Number, Encoding.UTF8.GetString(reader.Name) + Encoding.UTF8.GetString(reader.Value)));
        return found;
    }

    public uint? Number(PropertyId id) => Properties().Where(p => p.Id == id).Select(p => (uint?)p.Number).FirstOrDefault();
}
