using System.Runtime.InteropServices;

namespace Fengsui.Devices.History.Embedded.Arenas;

/// <summary>
/// Header of a row in an arena; then come the values (8 bytes each), then, only when not all are good, the qualities
/// (one byte each, padded to 8). Lives in memory only.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = HeaderBytes)]
internal struct ArenaRow
{
    public const int HeaderBytes = 40;

    private const int LateBit = 1 << 30;
    private const int QualitiesBit = 1 << 29;

    /// <summary>Offset of the device's previous row in this arena, or −1.</summary>
    public int Previous;
    public int Device;
    public long EventTimeMs;
    public long JournalPosition;
    public long ReceiveTimeMs;
    public int Source;
    public int ShapeAndFlags;

    public readonly int ShapeId => ShapeAndFlags & (QualitiesBit - 1);

    public readonly bool IsLate => (ShapeAndFlags & LateBit) != 0;

    public readonly bool HasQualities => (ShapeAndFlags & QualitiesBit) != 0;

    public static int Pack(int shapeId, HistoryRowFlags flags, bool hasQualities) =>
        shapeId | ((flags & HistoryRowFlags.Late) != 0 ? LateBit : 0) | (hasQualities ? QualitiesBit : 0);

    public static int SizeOf(int values, int qualities) => HeaderBytes + (values * sizeof(double)) + ((qualities + 7) & ~7);
}
