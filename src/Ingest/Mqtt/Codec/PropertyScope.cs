namespace Fengsui.Ingest.Mqtt.Codec;

/// <summary>Which property section is read: the packet's own, or the will's inside CONNECT.</summary>
[Flags]
public enum PropertyScope : ushort
{
    None = 0,
    Connect = 1 << PacketType.Connect,
    ConnAck = 1 << PacketType.ConnAck,
    Publish = 1 << PacketType.Publish,
    PubAck = 1 << PacketType.PubAck,
    PubRec = 1 << PacketType.PubRec,
    PubRel = 1 << PacketType.PubRel,
    PubComp = 1 << PacketType.PubComp,
    Subscribe = 1 << PacketType.Subscribe,
    SubAck = 1 << PacketType.SubAck,
    Unsubscribe = 1 << PacketType.Unsubscribe,
    UnsubAck = 1 << PacketType.UnsubAck,
    Disconnect = 1 << PacketType.Disconnect,
    Auth = 1 << PacketType.Auth,

    /// <summary>Bit 0 belongs to no packet with properties; the will borrows it.</summary>
    Will = 1,
}
