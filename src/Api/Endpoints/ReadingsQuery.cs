using System.Globalization;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Endpoints;

/// <summary>What <c>/devices/{id}/readings</c> is asked: one metric in [from, to), as it was or in steps.</summary>
/// <param name="StepMs">Null for the readings as they are.</param>
/// <param name="Limit">Items in one answer; the answer's <c>next</c> continues.</param>
internal readonly record struct ReadingsQuery(string Metric, long FromMs, long ToMs, long? StepMs, int Limit)
{
    public const int DefaultLimit = 10_000;

    /// <summary>Bound on one answer: some 10 MB of JSON.</summary>
    public const int MaxLimit = 100_000;

    private const long DefaultSpanMs = 3_600_000;

    /// <summary>False with a sentence for the caller when a parameter is not valid. Without times: the last hour.</summary>
    public static bool TryRead(HttpRequest request, long nowMs, out ReadingsQuery query, out string mistake)
    {
        query = default;
        var metric = request.Query["metric"].ToString();
        var limitText = request.Query["limit"].ToString();
        var stepText = request.Query["step"].ToString();
        var limit = DefaultLimit;
        long stepMs = 0;
        mistake =
            metric.Length == 0 ? "metric is missing"
            : !TryTime(request, "to", nowMs + 1, out var to) ? $"to must be {QueryTime.Expected}"
            : !TryTime(request, "from", to - DefaultSpanMs, out var from) ? $"from must be {QueryTime.Expected}"
            : from > to ? "from must not be later than to"
            : stepText.Length > 0 && (!DurationText.TryParse(stepText, out stepMs) || stepMs == 0) ? $"step must be {DurationText.Expected}"
            : limitText.Length > 0 && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit)
                ? $"limit must be a whole number from 1 to {MaxLimit}"
            : string.Empty;
        if (mistake.Length > 0)
        {
            return false;
        }

        TryTime(request, "to", nowMs + 1, out var toMs);
        TryTime(request, "from", toMs - DefaultSpanMs, out var fromMs);
        query = new ReadingsQuery(metric, Math.Max(0, fromMs), toMs, stepText.Length > 0 ? stepMs : null, limit);
        return true;
    }

    private static bool TryTime(HttpRequest request, string name, long fallback, out long epochMs)
    {
        var text = request.Query[name].ToString();
        epochMs = fallback;
        return text.Length == 0 || QueryTime.TryParse(text, out epochMs);
    }
}
