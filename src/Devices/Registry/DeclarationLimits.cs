using Fengsui.Devices.Records;

namespace Fengsui.Devices.Registry;

/// <summary>
/// Which ids a declaration can have. Wider than any option, since options change between two starts; narrow enough that
/// a damaged id cannot ask for gigabytes.
/// </summary>
internal static class DeclarationLimits
{
    public const int MaxDevices = 1 << 24;
    public const int MaxShapes = 1 << 20;

    /// <summary>Declarations that damage may have cost at one place: more than a block of the default size holds.</summary>
    public const int MaxLost = 1 << 16;

    /// <summary>Bytes of one declaration; a device with more text in its labels than this is refused.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <exception cref="InvalidDataException">No such kind, or the id is out of range.</exception>
    public static int Check(DeclarationKind kind, int id, in DeclaredCounts known)
    {
        var (bound, count) = kind switch
        {
            DeclarationKind.Source => (SourceTable.MaxSources, known.Sources),
            DeclarationKind.Metric => (Rules.Model.MetricTable.MaxMetrics, known.Metrics),
            DeclarationKind.Shape => (MaxShapes, known.Shapes),
            DeclarationKind.Device => (MaxDevices, known.Devices),
            _ => throw new InvalidDataException($"unknown declaration {(byte)kind}"),
        };
        return (uint)id < (uint)Math.Min(bound, count + MaxLost) ? id : throw new InvalidDataException($"{kind} declared as {id}");
    }
}
