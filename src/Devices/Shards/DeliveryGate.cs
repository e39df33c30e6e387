using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Shards;

/// <summary>
/// Stands behind the shards among the journal's consumers, and so knows up to where every shard has been given the
/// blocks. What is committed need not have reached the shards yet: waiters are woken before consumers.
/// </summary>
internal sealed class DeliveryGate(long position) : IBlockConsumer
{
    private readonly CommitAwaiters _awaiters = new(position);

    public void OnBlock(JournalBlock block) => _awaiters.Publish(block.EndPosition);

    /// <summary>Completes when every block up to <paramref name="position"/> is in every shard's mailbox.</summary>
    /// <exception cref="ObjectDisposedException">Closed before that.</exception>
    public Task WaitAsync(long position) => _awaiters.WaitAsync(position);

    public void Close() => _awaiters.Close();
}
