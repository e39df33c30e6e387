using System.Net;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>One answer, or the lack of one.</summary>
/// <param name="Reason">For people: status and what the server said.</param>
internal sealed record InfluxAnswer(AnswerKind Kind, string Reason)
{
    public static InfluxAnswer Done { get; } = new(AnswerKind.Done, "");

    /// <summary>Null when no server answered.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>What the server asked to wait for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the server said, as text.</summary>
    public string Body { get; init; } = "";

    /// <summary>Lines that the server names, by number from 0, with the reason of each.</summary>
    public IReadOnlyList<BadLine> BadLines { get; init; } = [];

    /// <summary>The body speaks of lines, so it is they that were refused and not the request.</summary>
    public bool IsAboutLines { get; init; }

    /// <summary>How many lines the server says it dropped; null when it does not say.</summary>
    public int? Dropped { get; init; }
}
