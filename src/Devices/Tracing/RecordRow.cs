using Fengsui.Devices.Actors;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Records;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tracing;

/// <summary>A row as its record in the journal has it.</summary>
/// <param name="Fate">Null when what came before it is not known any more.</param>
internal sealed record RecordRow(
    int Index, int Device, long TimeMs, RowFlags Flags, TracedFate? Fate, IReadOnlyList<(ushort Metric, double Value, Quality Quality)> Values)
{
    /// <param name="isSure">Whether what came before it is known.</param>
    public static RecordRow Of(in AppliedRow row, bool isSure) => new(row.Index, row.Device.Id, row.TimeMs, row.Flags, isSure ? FateOf(row.Ruling) : null, ValuesOf(row));

    public static IReadOnlyList<(ushort Metric, double Value, Quality Quality)> ValuesOf(in AppliedRow row)
    {
        var values = new (ushort, double, Quality)[row.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (row.Shape.Metrics[i], row.Values[i], row.Qualities.IsEmpty ? Quality.Good : row.Qualities[i]);
        return values;
    }

    private static TracedFate FateOf(in RowRuling ruling) =>
        ruling.Verdict == RowVerdict.Duplicate ? TracedFate.Repeat
        : ruling.IsLate ? TracedFate.Late
        : ruling.WasSetBack ? TracedFate.ClockSetBack
        : TracedFate.InTime;
}
