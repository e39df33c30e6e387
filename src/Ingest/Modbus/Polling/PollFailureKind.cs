namespace Fengsui.Ingest.Modbus.Polling;

internal enum PollFailureKind : byte
{
    Timeout,
    Exception,

    /// <summary>Another request to the same unit had no answer, and this one is not sent.</summary>
    UnitSilent,
    NoConnection,
}
