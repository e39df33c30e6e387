using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;

namespace Fengsui.Api.Endpoints;

/// <summary><c>/devices/{id}/readings?metric=&amp;from=&amp;to=&amp;step=</c>, as JSON or, when asked for, as CSV.</summary>
internal static class ReadingEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task ShowAsync(HttpContext context, DeviceEngine engine)
    {
        await engine.Queries.AppliedAsync(Patience, context.RequestAborted);
        await AnswerAsync(context, engine);
    }

    private static Task AnswerAsync(HttpContext context, DeviceEngine engine)
    {
        var device = (string)context.Request.RouteValues["id"]!;
        if (!ReadingsQuery.TryRead(context.Request, engine.Clock.NowMs(), out var query, out var mistake))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, mistake);
        }

        if (engine.Registry.Devices.Find(device) is null)
        {
            return Problem.WriteAsync(context, StatusCodes.Status404NotFound, "there is no device of this id");
        }

        if (query.StepMs is not { } step)
        {
            var readings = TakeWhole(engine.Queries.Readings(device, query.Metric, query.FromMs, query.ToMs), query.Limit, Time, out var next);
            return WantsCsv(context.Request)
                ? ReadingsCsv.WriteAsync(context, query.Metric, readings, next)
                : ReadingsJson.WriteAsync(context, device, query, readings, next);
        }

        if (JsonParts.IsPosition(query.Metric))
        {
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "positions have no steps: leave step out");
        }

        var steps = TakeWhole(engine.Queries.Steps(device, query.Metric, query.FromMs, query.ToMs, step), query.Limit, item => item.StartMs, out var nextStep);
        return WantsCsv(context.Request)
            ? ReadingsCsv.WriteAsync(context, steps, nextStep)
            : ReadingsJson.WriteAsync(context, device, query, steps, nextStep);
    }

    private static long Time(HistoryReading reading) => reading.EventTimeMs;

    /// <summary>The first so many items, and the rest of those that have the last one's time, so that <c>next</c> can be a time.</summary>
    private static List<T> TakeWhole<T>(IEnumerable<T> items, int limit, Func<T, long> timeOf, out long? next)
    {
        var taken = new List<T>();
        foreach (var item in items)
        {
            if (taken.Count >= limit && timeOf(item) != timeOf(taken[^1]))
            {
                next = timeOf(item);
                return taken;
            }

            taken.Add(item);
        }

        next = null;
        return taken;
    }

    private static bool WantsCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(accept => accept.Quality ?? 1).FirstOrDefault()?.MediaType.Value == "text/csv";
}
