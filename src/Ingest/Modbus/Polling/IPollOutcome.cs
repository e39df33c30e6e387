using Fengsui.Devices.Records;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>Takes what polling finds out.</summary>
internal interface IPollOutcome
{
    /// <summary>A request was answered with values.</summary>
    /// <param name="task">Which.</param>
    /// <param name="data">Registers or bits; valid during the call.</param>
    void Answered(PollTask task, ReadOnlySpan<byte> data);

    /// <summary>The values of a request cannot be read: what is known of them is no longer so.</summary>
    void Failed(PollTask task, PollFailure why);

    /// <summary>A frame that is no answer to any request; nothing of it is used.</summary>
    void Refused(RejectReason reason, ReadOnlySpan<byte> frame);
}
