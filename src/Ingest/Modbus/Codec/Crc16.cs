namespace Fengsui.Ingest.Modbus.Codec;

/// <summary>The checksum of serial frames (MODBUS over Serial Line V1.02, 6.2.2): reflected polynomial A001, start FFFF, low byte first on the wire.</summary>
internal static class Crc16
{
    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(OfByte)];

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var crc = (ushort)0xFFFF;
        foreach (var one in bytes)
        {
            crc = (ushort)((crc >> 8) ^ Table[(crc ^ one) & 0xFF]);
        }

        return crc;
    }

    private static ushort OfByte(int value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xA001 : value >> 1;
        }

        return (ushort)value;
    }
}
