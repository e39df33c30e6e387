using System.Buffers.Binary;
using Fengsui.Ingest.Ble.Adverts;

namespace Fengsui.Ingest.Ble.Codec;

/// <summary>RuuviTag's data format 5 (RAWv2), in manufacturer data of the company 0x0499. Big-endian. It has no encryption.</summary>
internal static class RuuviRaw
{
    private const ushort Company = 0x0499;
    private const byte Format5 = 5;

    /// <summary>Company (2), format (1), and what follows of it.</summary>
    private const int Bytes = 2 + 24;
    private const ushort None16 = 0xFFFF;
    /// <summary>Behind the voltage in its two bytes: the strength of sending.</summary>
    private const int PowerBits = 5;
    private const int NoVoltage = 0x7FF;
    private const double FloorMv = 1_600;

    /// <summary>False when it is something else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> manufacturer, Advert advert)
    {
        if (manufacturer.Length != Bytes || BinaryPrimitives.ReadUInt16LittleEndian(manufacturer) != Company || manufacturer[2] != Format5)
        {
            return false;
        }

        var data = manufacturer[3..];
        advert.Add("temperature"u8, Signed(data) / 200);
        advert.Add("humidity"u8, Unsigned(data[2..]) / 400);
        advert.Add("pressure"u8, (Unsigned(data[4..]) + 50_000) / 100);
        advert.Add("voltage"u8, Voltage(BinaryPrimitives.ReadUInt16BigEndian(data[12..]) >> PowerBits));
        advert.Add("movements"u8, data[14] == 0xFF ? double.NaN : data[14]);
        advert.Sequence = BinaryPrimitives.ReadUInt16BigEndian(data[15..]);
        return true;
    }

    private static double Voltage(int aboveFloorMv) => aboveFloorMv == NoVoltage ? double.NaN : (aboveFloorMv + FloorMv) / 1_000;

    private static double Unsigned(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt16BigEndian(data) is not None16 and var value ? value : double.NaN;

    private static double Signed(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt16BigEndian(data) is not short.MinValue and var value ? value : double.NaN;
}
