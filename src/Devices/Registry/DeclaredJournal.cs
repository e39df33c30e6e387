using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Registry;

/// <summary>
/// The journal as writers of readings see it: what a batch refers to is declared before it. The registry announces
/// that something is pending before the new id can be seen, so a batch that holds the id is always appended after it.
/// </summary>
public sealed class DeclaredJournal
{
    private readonly Journal.Journal _journal;
    private readonly DeviceRegistry _registry;
    private readonly Func<ReadOnlyMemory<byte>, bool> _appendPending;

    public DeclaredJournal(Journal.Journal journal, DeviceRegistry registry)
    {
        _journal = journal;
        _registry = registry;
        _appendPending = declarations => _journal.TryAppend(declarations.Span, null, out _);
    }

    public long Committed => _journal.Committed;

    /// <summary>False when the journal has no room: wait with <see cref="WaitForRoomAsync"/>, then try again.</summary>
    public bool TryAppend(ReadOnlySpan<byte> batch, ICommitWaiter? waiter, out long position)
    {
        if (_registry.HasPending && !_registry.TryAppendPending(_appendPending, _journal.MaxBatchBytes))
        {
            position = 0;
            return false;
        }

        return _journal.TryAppend(batch, waiter, out position);
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => _journal.WaitForRoomAsync(cancellation);
}
