namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>How one connection is polled.</summary>
internal sealed record PollOptions
{
    /// <summary>Requests without an answer yet. More than one only where answers name their request.</summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>From a request to its answer. 1 s: a serial line behind a gateway at 9,600 baud needs 300 ms for the longest.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Times that a request is sent again before its values are bad.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>A device that said it was busy is asked again after so long.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A unit that is silent is asked again after so long, then after double that, up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence between an answer, or a time-out, and the next request. Only with one request in flight.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>False for gateways that do not send the transaction id back: answers are then matched by their order.</summary>
    public bool MatchesTransactions { get; init; } = true;
}
