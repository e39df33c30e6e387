using System.Buffers.Binary;

namespace Fengsui.Ingest.Tests.Vehicles;

/// <summary>Builds frames from the description of the protocol, not from the code under test.</summary>
internal static class Jt808Text
{
    /// <summary>A README sample of JT/T 808-2013: serial 0x007E, 12.222222 / 132.444444, 6.0 km/h, 2018-10-15 10:10:10 GMT+8, mileage 10 km, fuel 12.5 L.</summary>
    public const string Golden2013 = "7E02000026123456789012007D02000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01137E";

    /// <summary>A published sample of JT/T 808-2019: phone 013912344329, 31.234567 / 121.987654, status 0x16, 6.6 km/h.</summary>
    public const string Golden2019 = "7e02004026010000000001391234432900000000006f0000001601dc9a0707456246007b004200032501292233440202006401040000000c417e";

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Delimits and escapes; the checksum is added.</summary>
    public static byte[] Wrap(byte[] message)
    {
        byte sum = 0;
        foreach (var value in message)
        {
            sum ^= value;
        }

        var frame = new List<byte> { 0x7E };
        foreach (var value in (byte[])[.. message, sum])
        {
            frame.AddRange(value switch { 0x7E => [0x7D, 0x02], 0x7D => [0x7D, 0x01], _ => (byte[])[value] });
        }

        frame.Add(0x7E);
        return [.. frame];
    }

    /// <param name="phone">12 digits for 2013, 20 for 2019.</param>
    public static byte[] Frame(ushort id, string phone, ushort serial, byte[] body, ushort parts = 0, ushort part = 0, int encryption = 0)
    {
        var is2019 = phone.Length == 20;
        var attributes = body.Length | (encryption << 10) | (parts > 0 ? 0x2000 : 0) | (is2019 ? 0x4000 : 0);
        byte[] head = [.. U16(id), .. U16((ushort)attributes), .. is2019 ? (byte[])[1] : [], .. Convert.FromHexString(phone), .. U16(serial)];
        return Wrap([.. head, .. parts > 0 ? (byte[])[.. U16(parts), .. U16(part)] : [], .. body]);
    }

    /// <summary>A body of 0x0200.</summary>
    /// <param name="time">As <c>261125100000</c>, GMT+8.</param>
    public static byte[] Position(
        string time, uint alarms = 0, uint status = 2, double latitude = 31, double longitude = 121, double speed = 36, ushort direction = 90, byte[]? items = null) =>
    [
        .. U32(alarms), .. U32(status), .. U32((uint)Math.Round(latitude * 1e6)), .. U32((uint)Math.Round(longitude * 1e6)),
        .. U16(12), .. U16((ushort)Math.Round(speed * 10)), .. U16(direction), .. Convert.FromHexString(time), .. items ?? [],
    ];

    /// <summary>A body of 0x0704.</summary>
    public static byte[] Batch(params byte[][] positions) =>
        [.. U16((ushort)positions.Length), 1, .. positions.SelectMany(position => (byte[])[.. U16((ushort)position.Length), .. position])];

    public static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
