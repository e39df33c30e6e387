using System.Globalization;
using System.Text;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.History.Embedded;
using Fengsui.Rules.Model;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// Readings and steps as CSV (RFC 4180) with a header row; an empty field is no value. The <c>from</c> that continues is in
/// the header <c>Fengsui-Next</c>.
/// </summary>
internal static class ReadingsCsv
{
    private const string ContentType = "text/csv; charset=utf-8; header=present";
    private const string NextHeader = "Fengsui-Next";

    public static Task WriteAsync(HttpContext context, string metric, List<HistoryReading> readings, long? next)
    {
        var isPosition = JsonParts.IsPosition(metric);
        var text = new StringBuilder(isPosition ? "time,time_ms,lat,lon,quality\r\n" : "time,time_ms,value,quality\r\n");
        foreach (var reading in readings)
        {
            AppendTime(text, reading.EventTimeMs);
            if (isPosition)
            {
                var position = GeoPosition.Unpack(reading.Value);
                text.Append(Number(position.Latitude)).Append(',').Append(Number(position.Longitude));
            }
            else
            {
                text.Append(Number(reading.Value));
            }

            text.Append(',').Append(reading.Quality.Word()).Append("\r\n");
        }

        return SendAsync(context, text, next);
    }

    public static Task WriteAsync(HttpContext context, List<HistoryStep> steps, long? next)
    {
        var text = new StringBuilder("time,time_ms,count,unusable,min,max,mean,last,time_weighted_mean\r\n");
        foreach (var step in steps)
        {
            AppendTime(text, step.StartMs);
            text.Append(CultureInfo.InvariantCulture, $"{step.Count},{step.Unusable},")
                .AppendJoin(',', new[] { step.Min, step.Max, step.Mean, step.Last, step.TimeWeightedMean }.Select(Number))
                .Append("\r\n");
        }

        return SendAsync(context, text, next);
    }

    private static void AppendTime(StringBuilder text, long epochMs) =>
        text.Append(AlertJson.Time(epochMs)).Append(',').Append(epochMs.ToString(CultureInfo.InvariantCulture)).Append(',');

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : string.Empty;

    private static Task SendAsync(HttpContext context, StringBuilder text, long? next)
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        if (next is { } from)
            context.Response.Headers[NextHeader] = from.ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }
}
