namespace Fengsui.Devices.Journal;

/// <summary>Someone who holds acknowledgements until the journal is durable up to a position.</summary>
public interface ICommitWaiter
{
    /// <summary>Called on the journal's committer thread after everything up to <paramref name="position"/> is durable. Must not block.</summary>
    void OnCommitted(long position);
}
