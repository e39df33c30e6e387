using System.Text.RegularExpressions;
using Fengsui.Devices.Engine;

namespace Fengsui.Api.Prometheus;

/// <summary>
/// The Prometheus HTTP query API over the history, beneath <c>/prometheus</c>, which is the address to give to Grafana as that of
/// a Prometheus server.
/// </summary>
internal static class PromEndpoints
{
    public const string Root = "/prometheus/api/v1";

    /// <summary>Listings without times are about the last day.</summary>
    private const long ListingSpanMs = 86_400_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Task QueryAsync(HttpContext context, DeviceEngine engine) => AnswerAsync(context, engine, (request, evaluator) =>
    {
        var time = request.TimeMs("time", engine.Clock.NowMs());
        var times = new PromTimes(time, 1, 1);
        var expression = PromParser.Parse(request.Required("query"));
        if (expression is PromNumber number)
            return PromJson.OkAsync(context, json => PromJson.WriteScalar(json, number.Value, time));
        var series = evaluator.Evaluate(expression, times);
        return PromJson.OkAsync(context, json => PromJson.WriteVector(json, series, time));
    });

    public static Task QueryRangeAsync(HttpContext context, DeviceEngine engine) => AnswerAsync(context, engine, (request, evaluator) =>
    {
        var times = request.Range();
        var expression = PromParser.Parse(request.Required("query"));
        var series = expression is PromNumber number ? [Constant(number.Value, times)] : evaluator.Evaluate(expression, times);
        return PromJson.OkAsync(context, json => PromJson.WriteMatrix(json, series, times));
    });

    public static Task SeriesAsync(HttpContext context, DeviceEngine engine) => AnswerAsync(context, engine, (request, evaluator) =>
    {
        if (request.All("match[]").Count == 0)
            throw PromException.BadData("no match[] parameter provided");
        var found = Find(request, evaluator, engine);
        return PromJson.OkAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var labels in found)
                PromJson.WriteLabels(json, null, labels);
            json.WriteEndArray();
        });
    });

    public static Task LabelsAsync(HttpContext context, DeviceEngine engine) => AnswerAsync(context, engine, (request, evaluator) =>
        StringsAsync(context, Find(request, evaluator, engine).SelectMany(labels => labels.Keys)));

    public static Task LabelValuesAsync(HttpContext context, DeviceEngine engine) => AnswerAsync(context, engine, (request, evaluator) =>
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return StringsAsync(context, Find(request, evaluator, engine).Select(labels => labels.GetValueOrDefault(name, "")).Where(value => value.Length > 0));
    });

    public static Task MetadataAsync(HttpContext context, DeviceEngine engine) => PromJson.OkAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    /// <summary>Grafana asks it to know which questions it may put; this is the version whose API these answers follow.</summary>
    public static Task BuildInfoAsync(HttpContext context, DeviceEngine engine) => PromJson.OkAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("version", "2.45.0");
        json.WriteString("revision", "fengsui-" + ProgramVersion.Text);
        json.WriteString("branch", "");
        json.WriteString("buildUser", "");
        json.WriteString("buildDate", "");
        json.WriteString("goVersion", "");
        json.WriteEndObject();
    });

    private static async Task AnswerAsync(HttpContext context, DeviceEngine engine, Func<PromRequest, PromEvaluator, Task> answer)
    {
        try
        {
            var request = await PromRequest.ReadAsync(context);
            await engine.Queries.AppliedAsync(Patience, context.RequestAborted);
            await answer(request, new PromEvaluator(engine, context.RequestAborted));
        }
        catch (PromException exception)
        {
            var status = exception.Type == "bad_data" ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity;
            await PromJson.ErrorAsync(context, status, exception.Type, exception.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            await PromJson.ErrorAsync(context, StatusCodes.Status422UnprocessableEntity, "execution", "a regular expression takes too long");
        }
    }

    private static List<SortedDictionary<string, string>> Find(PromRequest request, PromEvaluator evaluator, DeviceEngine engine)
    {
        var to = request.TimeMs("end", engine.Clock.NowMs());
        var from = request.TimeMs("start", to - ListingSpanMs);
        var found = new List<SortedDictionary<string, string>>();
        var selectors = request.All("match[]").Select(PromParser.ParseSelector).DefaultIfEmpty(null);
        foreach (var labels in selectors.SelectMany(selector => evaluator.Find(selector, from, to + 1)))
        {
            if (found.Count == PromEvaluator.MaxSeries)
                throw PromException.Execution($"there are more than {PromEvaluator.MaxSeries} series: name the devices in match[]");
            found.Add(labels);
        }

        return found;
    }

    private static Task StringsAsync(HttpContext context, IEnumerable<string> values)
    {
        var sorted = new SortedSet<string>(values, StringComparer.Ordinal);
        return PromJson.OkAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var value in sorted)
                json.WriteStringValue(value);
            json.WriteEndArray();
        });
    }

    private static PromSeries Constant(double value, PromTimes times)
    {
        var values = new double[times.Count];
        Array.Fill(values, value);
        return new PromSeries([], values);
    }
}
