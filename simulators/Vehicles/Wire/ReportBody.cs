using System.Buffers.Binary;
using System.Globalization;
using Fengsui.Vehicles.Driving;

namespace Fengsui.Vehicles.Wire;

/// <summary>The body of a position report (0x0200).</summary>
internal static class ReportBody
{
    private const int Bytes = 28 + 6 + 4 + 4 + 3 + 3;
    private const int TemperatureBytes = 4;

    public static byte[] Write(VehicleState state, uint alarms, bool is2019)
    {
        var body = new byte[Bytes + (is2019 ? TemperatureBytes : 0)];
        BinaryPrimitives.WriteUInt32BigEndian(body, alarms);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), Status(state));
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(8), Micro(state.Latitude));
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(12), Micro(state.Longitude));
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(16), 4);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(18), (ushort)Math.Round(state.SpeedKmh * 10));
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(20), (ushort)state.Heading);
        Time(state.TimeMs).CopyTo(body, 22);
        byte[] items =
        [
            0x01, 4, .. U32((uint)Math.Round(state.MileageKm * 10)),
            0x02, 2, .. U16((ushort)Math.Round(state.FuelL * 10)),
            0x03, 2, .. U16((ushort)Math.Round(state.SpeedKmh * 10)),
            0x30, 1, 24,
            0x31, 1, (byte)(state.IsFixed ? 11 : 0),
            .. is2019 ? (byte[])[0x06, 2, .. U16((ushort)(short)Math.Round(state.CargoCelsius))] : [],
        ];
        items.CopyTo(body, 28);
        return body;
    }

    /// <summary>The body of 0x0704, what was kept while there was no connection.</summary>
    public static byte[] Batch(IReadOnlyList<byte[]> reports) =>
        [.. U16((ushort)reports.Count), 1, .. reports.SelectMany(report => (byte[])[.. U16((ushort)report.Length), .. report])];

    private static uint Status(VehicleState state) =>
        (state.IsIgnitionOn ? 1u : 0) | (state.IsFixed ? 2u : 0) | (state.Latitude < 0 ? 4u : 0) | (state.Longitude < 0 ? 8u : 0)
        | (state.IsDoorOpen ? 1u << 15 : 1u << 12);

    private static uint Micro(double degrees) => (uint)Math.Round(Math.Abs(degrees) * 1e6);

    private static byte[] Time(long unixMs) => Convert.FromHexString(
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToOffset(TimeSpan.FromHours(8)).ToString("yyMMddHHmmss", CultureInfo.InvariantCulture));

    private static byte[] U16(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] U32(uint value) => [.. U16((ushort)(value >> 16)), .. U16((ushort)value)];
}
