using System.Net;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>From a status to what must be done. Nothing is ever given up by it: that needs a line that a server names, or a bisection.</summary>
internal static class AnswerRules
{
    public static AnswerKind KindOf(HttpStatusCode status, string body, bool wasGzip) => (int)status switch
    {
        >= 200 and < 300 => AnswerKind.Done,
        415 when wasGzip => AnswerKind.GzipRefused,
        400 when wasGzip && IsAboutCompression(body) => AnswerKind.GzipRefused,
        400 or 422 => AnswerKind.Refused,
        413 => AnswerKind.TooLarge,
        408 or 425 or 429 or >= 500 => AnswerKind.Retry,

        // 401 and 403: credentials. 404: no such database or bucket. 3xx: not followed, since credentials go along.
        _ => AnswerKind.Stop,
    };

    private static bool IsAboutCompression(string body) =>
        body.Contains("gzip", StringComparison.OrdinalIgnoreCase) || body.Contains("content-encoding", StringComparison.OrdinalIgnoreCase);
}
