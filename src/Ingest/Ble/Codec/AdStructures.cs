using System.Buffers.Binary;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>Finds what matters in the whole payload of an advertisement: structures of a length, a type and their data, one behind the other.</summary>
internal static class AdStructures
{
    private const byte ServiceData16 = 0x16, ManufacturerData = 0xFF;

    /// <summary>False when the payload is no sequence of structures. Zeros may fill its end.</summary>
    /// <param name="payload">As it was on the air.</param>
    /// <param name="bthome">Service data of BTHome, without its UUID; empty when there is none.</param>
    /// <param name="manufacturer">Manufacturer data with its company id; empty when there is none.</param>
    public static bool TryFind(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> bthome, out ReadOnlySpan<byte> manufacturer)
    {
        bthome = manufacturer = default;
        while (payload.Length > 0 && payload[0] > 0)
        {
            var length = payload[0];
            if (payload.Length <= length)
            {
                return false;
            }

            var data = payload.Slice(2, length - 1);
            if (payload[1] == ServiceData16 && data.Length > 2 && BinaryPrimitives.ReadUInt16LittleEndian(data) == BthomeInfo.ServiceUuid)
            {
                bthome = data[2..];
            }
            else if (payload[1] == ManufacturerData)
            {
                manufacturer = data;
            }

            payload = payload[(length + 1)..];
        }

        return true;
    }
}
