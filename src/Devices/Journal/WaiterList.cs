namespace Fengsui.Devices.Journal;

/// <summary>Who waits for one block. Grows to its working size once and is then reused with the block.</summary>
internal sealed class WaiterList
{
    private ICommitWaiter[] _waiters = new ICommitWaiter[16];

    public int Count { get; private set; }

    public ReadOnlySpan<ICommitWaiter> Items => _waiters.AsSpan(0, Count);

    /// <summary>One connection appends several times in a row more often than not: one call is enough for it.</summary>
    public void Add(ICommitWaiter waiter)
    {
        if (Count > 0 && ReferenceEquals(_waiters[Count - 1], waiter))
            return;
        if (Count == _waiters.Length)
            Array.Resize(ref _waiters, Count * 2);
        _waiters[Count++] = waiter;
    }

    public void Clear()
    {
        Array.Clear(_waiters, 0, Count);
        Count = 0;
    }
}
