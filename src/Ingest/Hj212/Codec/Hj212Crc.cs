namespace Fengsui.Ingest.Hj212.Codec;

/// <summary>
/// The cyclic redundancy check of HJ 212: the register's upper byte moves down before each byte is added, then eight steps of the polynomial A001.
/// It is not the one of Modbus, which adds to the lower byte and keeps the upper.
/// </summary>
internal static class Hj212Crc
{
    private const int Polynomial = 0xA001;

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var value in bytes)
        {
            register = (register >> 8) ^ value;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ Polynomial : register >> 1;
            }
        }

        return (ushort)register;
    }
}
