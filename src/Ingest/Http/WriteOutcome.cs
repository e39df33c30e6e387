using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Http;

/// <summary>What became of a request's messages. All that is stored is durable, and so are the dead letters.</summary>
public sealed record WriteOutcome
{
    /// <summary>Messages of the request: lines, or objects.</summary>
    public int Messages { get; init; }

    /// <summary>Of these, those of which nothing is stored.</summary>
    public int Failed { get; init; }

    /// <summary>Where the first of these stands, from one; 0 when none failed.</summary>
    public int FirstFailed { get; init; }

    /// <summary>It, cut short.</summary>
    public string FirstText { get; init; } = "";

    /// <summary>Why, in words.</summary>
    public string FirstFault { get; init; } = "";

    /// <summary>Why, by the name under which it is counted.</summary>
    public RejectReason FirstReason { get; init; }

    /// <summary>Whether it is badly written; otherwise it is well written, and its device or its time is refused.</summary>
    public bool FirstIsMalformed { get; init; }

    /// <summary>The first reason for which a part of a message was left out that is otherwise stored.</summary>
    public RejectReason Partial { get; init; }
}
