using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Replay;

namespace Fengsui.Ingest.Admission;

/// <summary>
/// A journal in memory: what is appended is processed, and as durable as it gets, before the call returns. Its clock stands where it is
/// set, so that hours pass in seconds. Not thread-safe.
/// </summary>
public sealed class SandboxJournal(Sandbox sandbox) : IReadingJournal
{
    private long _nowMs;
    private long _appended;

    public DeviceRegistry Registry => sandbox.Registry;

    public long Committed => _appended;

    public long NowMs() => _nowMs;

    /// <summary>Sets the clock; it never goes back.</summary>
    public void StepTo(long timeMs) => _nowMs = Math.Max(_nowMs, timeMs);

    public bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position)
    {
        sandbox.Append(batch);
        position = ++_appended;
        waiter?.OnCommitted(position);
        return true;
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
}
