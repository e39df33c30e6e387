using Fengsui.Devices.Journal;

namespace Fengsui.Bench.Replay;

/// <summary>No gateway waits for an acknowledgement.</summary>
internal sealed class NobodyWaits : ICommitWaiter
{
    public static readonly NobodyWaits Instance = new();

    public void OnCommitted(long position)
    {
    }
}
