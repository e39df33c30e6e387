namespace Fengsui.Devices.Journal;

/// <summary>A projection that follows the journal live.</summary>
public interface IBlockConsumer
{
    /// <summary>
    /// Called on the committer thread for each committed block, in order. A consumer that keeps the block takes a
    /// reference (<see cref="JournalBlock.AddReference"/>) and releases it later. It may block briefly when its own
    /// mailbox is full: that is the back-pressure that reaches the sockets once all block buffers are in use.
    /// </summary>
    void OnBlock(JournalBlock block);
}
