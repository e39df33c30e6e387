using System.Globalization;
using Fengsui.Devices.Tracing;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Commands.Tracing;

/// <summary>Words that a trace is told with, for people and for programs alike.</summary>
internal static class TraceWords
{
    public static string Of(TracedFate fate) => fate switch
    {
        TracedFate.InTime => "in-time",
        TracedFate.Late => "late",
        TracedFate.Repeat => "repeat",
        _ => "clock-set-back",
    };

    public static string Of(HistoryState state) => state switch
    {
        HistoryState.Stored => "stored",
        HistoryState.Waiting => "waiting",
        _ => "absent",
    };

    public static string Of(TargetState state) => state switch
    {
        TargetState.Written => "written",
        TargetState.Waiting => "waiting",
        TargetState.Rejected => "rejected",
        TargetState.NotWanted => "not-wanted",
        _ => "left-out",
    };

    public static string Of(RecordState state) => state switch
    {
        RecordState.Present => "present",
        RecordState.Removed => "removed",
        RecordState.Damaged => "damaged",
        _ => "beyond-end",
    };

    /// <summary>What a source's name begins with: <c>mqtt</c>; the whole of a name without a slash.</summary>
    public static string ProtocolOf(string source) => source.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? source[..slash] : source;

    /// <summary>A value with its unit, as people read it.</summary>
    public static string Of(TracedValue value)
    {
        if (PositionMetric.Is(value.Metric))
        {
            var place = GeoPosition.Unpack(value.Value);
            return string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:R}, {place.Longitude:R}");
        }

        var number = double.IsFinite(value.Value) ? value.Value.ToString("R", CultureInfo.InvariantCulture) : "no number";
        return value.Unit is { } unit && double.IsFinite(value.Value) ? $"{number} {unit}" : number;
    }

    public static string Step(long ms) => ms % 60_000 == 0 ? $"{ms / 60_000} min" : ms % 1_000 == 0 ? $"{ms / 1_000} s" : $"{ms} ms";
}
