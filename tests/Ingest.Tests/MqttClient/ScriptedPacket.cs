using System.Text;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.MqttClients;

/// <summary>A packet that the client sent.</summary>
internal sealed record ScriptedPacket(PacketType Type, byte Flags, byte[] Body, MqttVersion Version)
{
    /// <summary>Of acknowledgements and requests.</summary>
    public ushort PacketId => (ushort)((Body[0] << 8) | Body[1]);

    public bool IsDuplicate => (Flags & 8) != 0;

    public ushort PublishId
    {
        get
        {
            Assert(PublishPacket.TryParse(Flags, Body, Version, DecodeLimits.Protocol, out var packet, out _));
            return packet.PacketId;
        }
    }

    public string Payload
    {
        get
        {
            Assert(PublishPacket.TryParse(Flags, Body, Version, DecodeLimits.Protocol, out var packet, out _));
            return Encoding.UTF8.GetString(packet.Payload);
        }
    }

    private static void Assert(bool decoded) => Xunit.Assert.True(decoded);
}
