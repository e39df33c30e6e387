using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;

namespace Fengsui.Ingest.Admission;

/// <summary>Where an intake appends what it has decoded: the journal of a server, or one in memory whose clock is stepped.</summary>
public interface IReadingJournal
{
    /// <summary>What batches refer to.</summary>
    DeviceRegistry Registry { get; }

    /// <summary>Everything up to here is durable.</summary>
    long Committed { get; }

    /// <summary>Journal time, ms since 1970 UTC; never less than the answer before.</summary>
    long NowMs();

    /// <summary>False when there is no room: wait with <see cref="WaitForRoomAsync"/>, then try again.</summary>
    bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position);

    ValueTask WaitForRoomAsync(CancellationToken cancellation);
}
