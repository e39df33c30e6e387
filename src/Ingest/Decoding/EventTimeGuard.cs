using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Decoding;

/// <summary>Judges the time that a message gives itself.</summary>
internal readonly struct EventTimeGuard(DecodingOptions options)
{
    /// <summary>
    /// Below this a time is taken for seconds: in ms it would lie before March 1973, in seconds it reaches to the year
    /// 5138.
    /// </summary>
    public const long FirstMilliseconds = 100_000_000_000;

    private readonly long _maxPastMs = (long)options.MaxPast.TotalMilliseconds;
    private readonly long _maxFutureMs = (long)options.MaxFuture.TotalMilliseconds;

    /// <param name="stated">ms (or, by mistake, s) since 1970 UTC.</param>
    /// <param name="receiveMs">ms since 1970 UTC.</param>
    public RejectReason Judge(long stated, long receiveMs, out long eventTimeMs, out RowFlags flags)
    {
        eventTimeMs = stated;
        flags = RowFlags.None;
        if (stated <= 0)
        {
            return RejectReason.EventTimeInvalid;
        }

        if (stated < FirstMilliseconds)
        {
            eventTimeMs = stated * 1_000;
            flags = RowFlags.SecondsCorrected;
        }

        if (eventTimeMs < receiveMs - _maxPastMs)
        {
            return RejectReason.EventTimeTooOld;
        }

        return eventTimeMs > receiveMs + _maxFutureMs ? RejectReason.EventTimeTooFarAhead : RejectReason.None;
    }
}
