using System.Buffers.Binary;
using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Reports;

/// <summary>
/// The body of 0x0200: alarms u32, status u32, latitude and longitude u32 in 1e-6 degree, altitude u16 in m, speed u16 in 0.1 km/h, direction
/// u16 in degrees, time BCD[6] in GMT+8; then items of id u8, length u8 and value. Big-endian.
/// </summary>
internal readonly ref struct PositionReport
{
    public const int HeadBytes = 22 + BcdTime.Bytes;

    private const double DegreesPerUnit = 1e6;
    private const double KmhPerUnit = 10;

    private readonly ReadOnlySpan<byte> _body;

    private PositionReport(ReadOnlySpan<byte> body) => _body = body;

    public uint Alarms => BinaryPrimitives.ReadUInt32BigEndian(_body);

    public StatusBits Status => (StatusBits)BinaryPrimitives.ReadUInt32BigEndian(_body[4..]);

    public bool IsFixed => (Status & StatusBits.Fixed) != 0;

    /// <summary>Degrees north.</summary>
    public double Latitude => Signed(8, StatusBits.South);

    /// <summary>Degrees east.</summary>
    public double Longitude => Signed(12, StatusBits.West);

    /// <summary>m above the sea.</summary>
    public short Altitude => BinaryPrimitives.ReadInt16BigEndian(_body[16..]);

    /// <summary>km/h, as the satellites have it.</summary>
    public double Speed => BinaryPrimitives.ReadUInt16BigEndian(_body[18..]) / KmhPerUnit;

    /// <summary>Degrees from north, clockwise.</summary>
    public ushort Direction => BinaryPrimitives.ReadUInt16BigEndian(_body[20..]);

    /// <summary>ms since 1970 UTC; 0 when it is no time.</summary>
    public long TimeMs => BcdTime.ToUnixMs(_body[22..]);

    /// <summary>True of a terminal that has not learnt the time: all zeros.</summary>
    public bool HasNoTime => _body.Slice(22, BcdTime.Bytes).IndexOfAnyExcept((byte)0) < 0;

    public ReadOnlySpan<byte> Items => _body[HeadBytes..];

    /// <summary>False when the body is shorter than its fixed part.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out PositionReport report)
    {
        report = new PositionReport(body);
        return body.Length >= HeadBytes;
    }

    private double Signed(int offset, StatusBits negative)
    {
        var degrees = BinaryPrimitives.ReadUInt32BigEndian(_body[offset..]) / DegreesPerUnit;
        return (Status & negative) != 0 ? -degrees : degrees;
    }
}
