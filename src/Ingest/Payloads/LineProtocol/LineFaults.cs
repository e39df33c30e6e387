using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>What a fault is called: to the sender in a sentence, to us by the reason under which it is counted.</summary>
internal static class LineFaults
{
    /// <summary>In the words that InfluxDB uses, since people search for them.</summary>
    public static string Words(this LineFault fault) => fault switch
    {
        LineFault.MissingMeasurement => "missing measurement",
        LineFault.MissingTagKey => "missing tag key",
        LineFault.MissingTagValue => "missing tag value",
        LineFault.MissingFields => "missing fields",
        LineFault.MissingFieldKey => "missing field key",
        LineFault.MissingFieldValue => "missing field value",
        LineFault.UnbalancedQuotes => "unbalanced quotes",
        LineFault.InvalidBoolean => "invalid boolean",
        LineFault.InvalidNumber => "invalid number",
        LineFault.InvalidTimestamp => "bad timestamp",
        LineFault.NotText => "not UTF-8",
        LineFault.NameTooLong => "a name is too long",
        LineFault.TooManyReadings => "too many fields",
        _ => "",
    };

    public static RejectReason Reason(this LineFault fault) => fault switch
    {
        LineFault.None => RejectReason.None,
        LineFault.NameTooLong => RejectReason.NameTooLong,
        LineFault.TooManyReadings => RejectReason.TooManyReadings,
        LineFault.InvalidTimestamp => RejectReason.EventTimeInvalid,
        _ => RejectReason.MalformedFrame,
    };
}
