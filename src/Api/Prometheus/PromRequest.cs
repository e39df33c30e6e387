using System.Globalization;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Prometheus;

/// <summary>Parameters of a question, from the address or from a form in the body.</summary>
internal sealed class PromRequest
{
    /// <summary>As in Prometheus: enough for a minute's resolution over a week, or an hour's over a year.</summary>
    public const int MaxPoints = 11_000;

    /// <summary>The end of the year 9999.</summary>
    private const double MaxSeconds = 253_402_300_799;

    private readonly IQueryCollection _query;
    private readonly IFormCollection? _form;

    private PromRequest(IQueryCollection query, IFormCollection? form) => (_query, _form) = (query, form);

    public static async Task<PromRequest> ReadAsync(HttpContext context)
    {
        var hasForm = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType;
        try
        {
            return new PromRequest(context.Request.Query, hasForm ? await context.Request.ReadFormAsync(context.RequestAborted) : null);
        }
        catch (InvalidDataException exception)
        {
            throw PromException.BadData(exception.Message);
        }
    }

    public IReadOnlyList<string> All(string name) => [.. (_form?[name] ?? default).Concat(_query[name]).OfType<string>()];

    public string Required(string name) =>
        All(name) is [{ Length: > 0 } value, ..] ? value : throw PromException.BadData($"invalid parameter \"{name}\": it is missing");

    /// <summary>Seconds since 1970, with a fraction, or RFC 3339.</summary>
    public long TimeMs(string name, long? fallback = null)
    {
        if (All(name) is not [{ Length: > 0 } text, ..])
            return fallback ?? throw PromException.BadData($"invalid parameter \"{name}\": it is missing");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= -MaxSeconds and <= MaxSeconds)
            return (long)Math.Round(seconds * 1000);
        if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.ToUnixTimeMilliseconds();
        throw PromException.BadData($"invalid parameter \"{name}\": cannot parse \"{text}\" to a valid timestamp");
    }

    /// <summary>The times of <c>query_range</c>.</summary>
    public PromTimes Range()
    {
        var (start, end, step) = (TimeMs("start"), TimeMs("end"), StepMs());
        if (end < start)
            throw PromException.BadData("invalid parameter \"end\": end timestamp must not be before start time");
        if ((end - start) / step >= MaxPoints)
            throw PromException.BadData($"exceeded maximum resolution of {MaxPoints} points per timeseries. Try decreasing the query resolution (?step=XX)");
        return new PromTimes(start, step, (int)((end - start) / step) + 1);
    }

    private long StepMs()
    {
        var text = Required("step");
        var isSeconds = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        if (isSeconds && seconds is > 0 and <= MaxSeconds)
            return Math.Max(1, (long)Math.Round(seconds * 1000));
        if (!isSeconds && DurationText.TryParse(text, out var ms) && ms > 0)
            return ms;
        throw PromException.BadData($"invalid parameter \"step\": \"{text}\" is no positive number of seconds and no duration");
    }
}
