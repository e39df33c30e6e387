namespace Fengsui.Devices.Journal;

/// <summary>Someone who may say something to the outside (an acknowledgement) only once a position is durable.</summary>
public interface ICommitWaiter
{
    /// <summary>
    /// Called on the journal's committer thread after everything up to <paramref name="position"/> is durable. Must not
    /// block and must not throw. One call may stand for several appends; calls for one journal come in rising order.
    /// </summary>
    void OnCommitted(long position);
}
