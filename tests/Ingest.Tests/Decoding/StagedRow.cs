using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Tests.Decoding;

internal sealed record StagedRow(
    string Device, RowFlags Flags, uint Fingerprint, long TimeMs, IReadOnlyList<StagedReading> Readings)
{
    public StagedReading this[string metric] => Readings.Single(reading => reading.Metric == metric);

    /// <summary>Without time and flags, as in <c>d1: co=1.5 h2s!</c>.</summary>
    public override string ToString() => $"{Device}: {string.Join(' ', Readings)}";
}
