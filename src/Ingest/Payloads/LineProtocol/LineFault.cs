namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>Why a line cannot be stored.</summary>
internal enum LineFault : byte
{
    None,
    MissingMeasurement,
    MissingTagKey,
    MissingTagValue,
    MissingFields,
    MissingFieldKey,
    MissingFieldValue,
    UnbalancedQuotes,
    InvalidBoolean,
    InvalidNumber,
    InvalidTimestamp,
    NotText,
    NameTooLong,
    TooManyReadings,
}
