using System.Globalization;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary>CSV (RFC 4180) with a header row; an empty field is no value. A position has <c>lat</c> and <c>lon</c> in place of a value.</summary>
internal sealed class ReadingsAsCsv(StringBuilder text) : ReadingsFormat(text)
{
    private string _series = "";

    public override string ContentType => "text/csv; charset=utf-8; header=present";

    public override void Begin(ReadingsSelection selection) => Text.Append(
        selection.StepMs is not null ? "device,metric,time,time_ms,count,unusable,min,max,mean,last,time_weighted_mean\r\n"
        : selection.WithProvenance ? "device,metric,time,time_ms,value,lat,lon,quality,source,gateway,received_ms,position\r\n"
        : "device,metric,time,time_ms,value,lat,lon,quality\r\n");

    public override void Add(in HistoryReading reading, string? source)
    {
        BeginRow(reading.EventTimeMs);
        if (IsPosition && reading.Quality == Quality.Bad)
        {
            Text.Append(",,");
        }
        else if (IsPosition)
        {
            var position = GeoPosition.Unpack(reading.Value);
            Text.Append(',').Append(Number(position.Latitude, "")).Append(',').Append(Number(position.Longitude, ""));
        }
        else
        {
            Text.Append(Number(reading.Value, "")).Append(",,");
        }

        Text.Append(',').Append(reading.Quality.Word());
        if (source is not null)
            Text.Append(',').Append(Field(source)).Append(',').Append(Field(JsonParts.GatewayOf(source))).Append(CultureInfo.InvariantCulture, $",{reading.ReceiveTimeMs},{reading.JournalPosition}");
        Text.Append("\r\n");
    }

    public override void Add(in HistoryStep step)
    {
        BeginRow(step.StartMs);
        Text.Append(CultureInfo.InvariantCulture, $"{step.Count},{step.Unusable}");
        foreach (var value in (ReadOnlySpan<double>)[step.Min, step.Max, step.Mean, step.Last, step.TimeWeightedMean])
            Text.Append(',').Append(Number(value, ""));
        Text.Append("\r\n");
    }

    protected override void OnSeries() => _series = Field(Device) + "," + Field(Metric) + ",";

    private void BeginRow(long timeMs) =>
        Text.Append(_series).Append(AlertJson.Time(timeMs)).Append(CultureInfo.InvariantCulture, $",{timeMs},");

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}
