using System.Text;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Endpoints;

/// <summary>
/// <c>/readings?device=&amp;zone=&amp;type=&amp;metric=&amp;from=&amp;to=&amp;step=&amp;quality=&amp;provenance=&amp;format=</c>: any number of series, streamed in
/// bounded memory as JSON, CSV or line protocol.
/// </summary>
internal static class ReadingsStreamEndpoint
{
    /// <summary>Characters after which what there is goes out; the next ones wait until the receiver has taken them.</summary>
    private const int PortionChars = 32 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        await engine.Queries.AppliedAsync(Patience, context.RequestAborted);
        var text = new StringBuilder(PortionChars + 1024);
        if (ReadingsSelection.Read(context.Request, engine, out var mistake) is not { } selection)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }
        else if (FormatOf(context.Request, text) is not { } format)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "format must be json, csv or line");
        }
        else
        {
            context.Response.ContentType = format.ContentType;
            context.Response.Headers.CacheControl = "no-store";
            await WriteAsync(context, engine, selection, format, text);
        }
    }

    private static async Task WriteAsync(HttpContext context, DeviceEngine engine, ReadingsSelection selection, ReadingsFormat format, StringBuilder text)
    {
        format.Begin(selection);
        foreach (var device in selection.Devices)
        {
            foreach (var metric in MetricsOf(engine, selection, device.Id))
            {
                format.BeginSeries(device.Name, engine.Registry.Metrics.NameOf(metric));
                foreach (var _ in Items(engine, selection, device.Id, metric, format))
                {
                    if (text.Length >= PortionChars)
                        await SendAsync(context, text);
                }

                format.EndSeries();
            }

            context.RequestAborted.ThrowIfCancellationRequested();
        }

        format.End();
        await SendAsync(context, text);
    }

    /// <summary>Appends the items of a series one by one; what it yields only says that one was appended.</summary>
    private static IEnumerable<bool> Items(DeviceEngine engine, ReadingsSelection selection, int device, ushort metric, ReadingsFormat format)
    {
        if (selection.StepMs is { } stepMs)
        {
            foreach (var step in engine.History.Aggregate(device, metric, selection.FromMs, selection.ToMs, stepMs))
            {
                format.Add(step);
                yield return true;
            }

            yield break;
        }

        foreach (var reading in engine.History.Query(device, metric, selection.FromMs, selection.ToMs))
        {
            if (reading.Quality > selection.Worst)
                continue;
            format.Add(reading, selection.WithProvenance ? SourceOf(engine, reading.Source) : null);
            yield return true;
        }
    }

    private static IEnumerable<ushort> MetricsOf(DeviceEngine engine, ReadingsSelection selection, int device)
    {
        var isStep = selection.StepMs is not null;
        foreach (var metric in engine.History.Metrics(device, selection.FromMs, selection.ToMs))
        {
            var name = engine.Registry.Metrics.NameOf(metric);
            if ((selection.Metrics.Count == 0 || selection.Metrics.Contains(name)) && !(isStep && JsonParts.IsPosition(name)))
                yield return metric;
        }
    }

    private static string SourceOf(DeviceEngine engine, int source) =>
        (uint)source < (uint)engine.Registry.Sources.Count ? engine.Registry.Sources[source] : "";

    private static ReadingsFormat? FormatOf(HttpRequest request, StringBuilder text)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(accept => accept.Quality ?? 1).FirstOrDefault()?.MediaType.Value;
        return request.Query["format"].ToString() switch
        {
            "json" => new ReadingsAsJson(text),
            "csv" => new ReadingsAsCsv(text),
            "line" => new ReadingsAsLines(text),
            "" => accepted == "text/csv" ? new ReadingsAsCsv(text) : accepted == "text/plain" ? new ReadingsAsLines(text) : new ReadingsAsJson(text),
            _ => null,
        };
    }

    private static async Task SendAsync(HttpContext context, StringBuilder text)
    {
        foreach (var chunk in text.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, context.Response.BodyWriter);
        text.Clear();
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
