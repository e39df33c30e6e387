using System.Buffers.Binary;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>The additional items of 0x0200. Those that no metric is known for are passed over, as are bytes behind those that are.</summary>
internal static class ReportItems
{
    private const byte CarriageTemperature = 0x06;

    private static readonly ReportItem[] Known =
    [
        new(0x01, 0, 4, 10, [.. "mileage"u8]),
        new(0x02, 0, 2, 10, [.. "fuel"u8]),
        new(0x03, 0, 2, 10, [.. "recorder.speed"u8]),
        new(0x04, 0, 2, 1, [.. "alarm_event.id"u8]),
        new(0x12, 1, 4, 1, [.. "area.id"u8]),
        new(0x12, 5, 1, 1, [.. "area.left"u8]),
        new(0x13, 0, 4, 1, [.. "segment.id"u8]),
        new(0x13, 4, 2, 1, [.. "segment.duration"u8]),
        new(0x13, 6, 1, 1, [.. "segment.too_long"u8]),
        new(0x25, 0, 4, 1, [.. "signals"u8]),
        new(0x2A, 0, 2, 1, [.. "io"u8]),
        new(0x2B, 2, 2, 1, [.. "analog.0"u8]),
        new(0x2B, 0, 2, 1, [.. "analog.1"u8]),
        new(0x30, 0, 1, 1, [.. "network_signal"u8]),
        new(0x31, 0, 1, 1, [.. "satellites"u8]),
    ];

    /// <summary>Adds the items to the row in hand.</summary>
    /// <returns>False when an item is longer than what there is, or the message holds too many readings.</returns>
    public static bool TryAdd(ReadOnlySpan<byte> items, MessageRows rows)
    {
        while (items.Length >= 2)
        {
            var (id, length) = (items[0], items[1]);
            if (items.Length < 2 + length || !TryAdd(id, items.Slice(2, length), rows))
            {
                return false;
            }

            items = items[(2 + length)..];
        }

        return items.IsEmpty;
    }

    private static bool TryAdd(byte id, ReadOnlySpan<byte> value, MessageRows rows)
    {
        if (id == CarriageTemperature)
        {
            return value.Length < 2 || rows.Add("cargo.temperature"u8, Temperature(BinaryPrimitives.ReadUInt16BigEndian(value)));
        }

        foreach (var item in Known)
        {
            if (item.Id == id && value.Length >= item.Offset + item.Width && !rows.Add(item.Metric, Number(value[item.Offset..], item.Width) / item.UnitsPerValue))
            {
                return false;
            }
        }

        return true;
    }

    private static double Number(ReadOnlySpan<byte> value, int width) => width switch
    {
        1 => value[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(value),
        _ => BinaryPrimitives.ReadUInt32BigEndian(value),
    };

    /// <summary>
    /// Whole °C. The standard says that the top bit marks a negative number, and terminals read that as two's complement or as sign and
    /// magnitude. No carriage is beyond ±300 °C, so the two cannot be mistaken for each other; whatever is neither is no value.
    /// </summary>
    private static double Temperature(ushort raw)
    {
        const int Limit = 300;
        var magnitude = raw & 0x7FFF;
        return raw <= Limit ? raw
            : (short)raw is >= -Limit and < 0 ? (short)raw
            : raw > 0x8000 && magnitude <= Limit ? -magnitude
            : double.NaN;
    }
}
