using System.Text;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>MQTT packets written by hand from the OASIS text, so that nothing here shares an error with our codec.</summary>
internal static class Packets
{
    public const byte ConnAck = 0x20;
    public const byte Publish = 0x30;
    public const byte PubAck = 0x40;
    public const byte PubRec = 0x50;
    public const byte PubRel = 0x62;
    public const byte PubComp = 0x70;
    public const byte SubAck = 0x90;
    public const byte PingResp = 0xD0;
    public const byte Disconnect = 0xE0;

    public const byte V311 = 4;
    public const byte V5 = 5;

    public static byte[] PingReq => [0xC0, 0];

    public static byte[] MakeConnect(
        string clientId, byte version = V311, bool clean = true, ushort keepAlive = 60, byte[]? properties = null)
    {
        List<byte> body = [.. Text("MQTT"), version, (byte)(clean ? 2 : 0), .. Number(keepAlive)];
        if (version == V5)
        {
            body.AddRange([.. Length(properties?.Length ?? 0), .. properties ?? []]);
        }

        body.AddRange(Text(clientId));
        return Frame(0x10, body);
    }

    public static byte[] MakePublish(
        string topic, string payload, int qos = 0, ushort packetId = 0, bool dup = false, byte version = V311, byte[]? properties = null)
    {
        List<byte> body = [.. Text(topic)];
        if (qos > 0)
        {
            body.AddRange(Number(packetId));
        }

        if (version == V5)
        {
            body.AddRange([.. Length(properties?.Length ?? 0), .. properties ?? []]);
        }

        body.AddRange(Encoding.UTF8.GetBytes(payload));
        return Frame((byte)(Publish | (qos << 1) | (dup ? 8 : 0)), body);
    }

    public static byte[] MakeSubscribe(ushort packetId, string filter, int qos = 0, byte version = V311)
    {
        List<byte> body = [.. Number(packetId)];
        if (version == V5)
        {
            body.Add(0);
        }

        body.AddRange([.. Text(filter), (byte)qos]);
        return Frame(0x82, body);
    }

    public static byte[] MakePubRel(ushort packetId) => [PubRel, 2, .. Number(packetId)];

    public static byte[] UserProperty(string name, string value) => [0x26, .. Text(name), .. Text(value)];

    public static byte[] Frame(byte first, IReadOnlyCollection<byte> body) => [first, .. Length(body.Count), .. body];

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Number((ushort)bytes.Length), .. bytes];
    }

    public static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];

    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);

        return [.. bytes];
    }
}
