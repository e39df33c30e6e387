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

    private const double MillisecondsPerSecond = 1_000;

    private readonly long _maxPastMs = (long)options.MaxPast.TotalMilliseconds;
    private readonly long _maxFutureMs = (long)options.MaxFuture.TotalMilliseconds;

    /// <param name="stated">ms (or, by mistake, s) since 1970 UTC.</param>
    /// <param name="receiveMs">ms since 1970 UTC.</param>
    public RejectReason Judge(long stated, long receiveMs, out long eventTimeMs, out RowFlags flags)
    {
        var seconds = stated < FirstMilliseconds;
        eventTimeMs = seconds ? stated * (long)MillisecondsPerSecond : stated;
        flags = seconds ? RowFlags.SecondsCorrected : RowFlags.None;
        return stated <= 0 ? RejectReason.EventTimeInvalid : Bound(eventTimeMs, receiveMs);
    }

    /// <summary>As <see cref="Judge(long,long,out long,out RowFlags)"/>, of a time that may hold fractions; NaN is none.</summary>
    public RejectReason Judge(double stated, long receiveMs, out long eventTimeMs, out RowFlags flags)
    {
        var seconds = stated < FirstMilliseconds;
        eventTimeMs = (long)(seconds ? Math.Round(stated * MillisecondsPerSecond) : stated);
        flags = seconds ? RowFlags.SecondsCorrected : RowFlags.None;
        return eventTimeMs <= 0 ? RejectReason.EventTimeInvalid : Bound(eventTimeMs, receiveMs);
    }

    /// <summary>Judges a time of a protocol that says what its unit is.</summary>
    public RejectReason JudgeMs(long eventTimeMs, long receiveMs) =>
        eventTimeMs <= 0 ? RejectReason.EventTimeInvalid : Bound(eventTimeMs, receiveMs);

    private RejectReason Bound(long eventTimeMs, long receiveMs)
    {
        if (eventTimeMs < receiveMs - _maxPastMs)
        {
            return RejectReason.EventTimeTooOld;
        }

        return eventTimeMs > receiveMs + _maxFutureMs ? RejectReason.EventTimeTooFarAhead : RejectReason.None;
    }
}
