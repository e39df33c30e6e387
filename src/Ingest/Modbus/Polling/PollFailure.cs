using Fengsui.Ingest.Modbus.Codec;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>Why values could not be read.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Exception">What the peer said, when it said something.</param>
internal readonly record struct PollFailure(PollFailureKind Kind, ExceptionCode Exception = ExceptionCode.None)
{
    public override string ToString() => Kind switch
    {
        PollFailureKind.Exception => $"{Exception.Name()} (exception {(byte)Exception})",
        PollFailureKind.Timeout => "no answer in time",
        PollFailureKind.UnitSilent => "the unit does not answer",
        _ => "there is no connection",
    };
}
