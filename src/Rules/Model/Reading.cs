using System.Runtime.InteropServices;

namespace Fengsui.Rules.Model;

/// <summary>
/// One value of one metric of one device at one event time. Blittable, 24 bytes; device and metric are interned.
/// A position packs two 1e-7-degree integers into <see cref="Value"/>, see <see cref="GeoPosition"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = SizeBytes)]
public readonly record struct Reading(int Device, ushort Metric, Quality Quality, long EventTimeMs, double Value)
{
    public const int SizeBytes = 24;
}
