using System.Runtime.InteropServices;
using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>One row to be put into a batch.</summary>
internal sealed record TestRow(int Device, int Shape, long TimeMs, double[] Values)
{
    public RowFlags Flags { get; init; }

    public uint Fingerprint { get; init; }

    public Quality[] Qualities { get; init; } = [];

    public byte[] Encode()
    {
        var entry = new byte[RowEntry.SizeBytes(Values.Length, Qualities.Length > 0)];
        var flags = Flags | (Qualities.Length > 0 ? RowFlags.HasQualities : RowFlags.None);
        RowEntry.WriteHeader(entry, flags, Device, Shape, Fingerprint, TimeMs);
        MemoryMarshal.AsBytes(Values.AsSpan()).CopyTo(entry.AsSpan(RowEntry.HeaderBytes));
        MemoryMarshal.AsBytes(Qualities.AsSpan()).CopyTo(entry.AsSpan(RowEntry.HeaderBytes + Values.Length * sizeof(double)));
        return entry;
    }
}
