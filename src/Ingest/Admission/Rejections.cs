using Fengsui.Devices.Records;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Admission;

/// <summary>What becomes of the input that one connection cannot have stored as readings: counted, and kept with its bytes while its quota lasts.</summary>
internal sealed class Rejections(RowStage stage, IntakeCounters counters, int maxDeadLettersPerSecond)
{
    private readonly DeadLetterQuota _quota = new(maxDeadLettersPerSecond);

    /// <summary>Keeps the input as a dead letter in the stage. False when the quota is used up: then it is refused, and only counted.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="about">Where it came from: a topic, or what stands for one.</param>
    /// <param name="bytes">The input.</param>
    /// <param name="receiveMs">ms since 1970 UTC.</param>
    public bool TryKeep(RejectReason reason, ReadOnlySpan<byte> about, ReadOnlySpan<byte> bytes, long receiveMs)
    {
        if (!_quota.TryTake(receiveMs))
        {
            Refuse(reason);
            return false;
        }

        counters.Reject(reason);
        stage.DeadLetter(reason, about, bytes);
        return true;
    }

    /// <summary>Counts input that is kept nowhere.</summary>
    public void Refuse(RejectReason reason)
    {
        counters.Reject(reason);
        stage.Refuse();
    }
}
