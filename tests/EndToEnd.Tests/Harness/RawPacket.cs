namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>A packet as it came: its first byte and what follows the length.</summary>
internal sealed record RawPacket(byte First, byte[] Body)
{
    public int Kind => First & 0xF0;

    /// <summary>The packet id of an acknowledgement.</summary>
    public ushort PacketId => (ushort)((Body[0] << 8) | Body[1]);
}
