using System.Buffers.Binary;
using System.Text;

namespace Fengsui.Fleet.Transport;

/// <summary>The CONNECT packet of one connection, rendered once.</summary>
internal static class ConnectPacket
{
    private const byte CleanFlag = 0x02;
    private const byte PasswordFlag = 0x40;
    private const byte UserNameFlag = 0x80;
    private const byte SessionExpiryProperty = 0x11;
    private const uint SessionExpirySeconds = 3600;

    public static byte[] Render(FleetOptions options, string clientId)
    {
        var body = new MemoryStream();
        AddText(body, "MQTT");
        body.WriteByte((byte)options.ProtocolVersion);
        var flags = (options.CleanSession ? CleanFlag : 0)
            | (options.UserName is null ? 0 : UserNameFlag)
            | (options.Password is null ? 0 : PasswordFlag);
        body.WriteByte((byte)flags);
        var keepAlive = (int)Math.Min(options.KeepAlive.TotalSeconds, ushort.MaxValue);
        body.WriteByte((byte)(keepAlive >> 8));
        body.WriteByte((byte)keepAlive);
        if (options.ProtocolVersion == 5)
        {
            AddProperties(body, options);
        }

        AddText(body, clientId);
        if (options.UserName is not null)
        {
            AddText(body, options.UserName);
        }

        if (options.Password is not null)
        {
            AddText(body, options.Password);
        }

        return Frame(body.ToArray());
    }

    private static void AddProperties(MemoryStream body, FleetOptions options)
    {
        if (options.CleanSession)
        {
            body.WriteByte(0);
            return;
        }

        Span<byte> expiry = [5, SessionExpiryProperty, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(expiry[2..], SessionExpirySeconds);
        body.Write(expiry);
    }

    private static void AddText(MemoryStream body, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        body.WriteByte((byte)(bytes.Length >> 8));
        body.WriteByte((byte)bytes.Length);
        body.Write(bytes);
    }

    private static byte[] Frame(byte[] body)
    {
        var packet = new MemoryStream();
        packet.WriteByte(0x10);
        var length = body.Length;
        do
        {
            packet.WriteByte((byte)(length > 0x7F ? (length & 0x7F) | 0x80 : length));
            length >>= 7;
        }
        while (length > 0);
        packet.Write(body);
        return packet.ToArray();
    }
}
