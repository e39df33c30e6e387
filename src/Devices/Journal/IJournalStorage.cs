namespace Fengsui.Devices.Journal;

/// <summary>
/// A journal's folder. The seam for the environment: <see cref="FileJournalStorage"/> in life, a simulated disk in tests.
/// Names are relative, with <c>/</c> before a name in a sub-folder. Members throw <see cref="IOException"/> when the environment fails.
/// </summary>
public interface IJournalStorage
{
    /// <summary>Takes the folder for this process until disposed or killed.</summary>
    /// <exception cref="JournalLockedException">Another process holds it.</exception>
    IDisposable Lock();

    /// <summary>Names of the files directly in the folder, or in a sub-folder (<paramref name="folder"/>), in any order; empty when it does not exist.</summary>
    IReadOnlyList<string> List(string folder = "");

    /// <summary>Creates a file that must not exist, readable by the owner only, with that much space reserved and reading as zeros.</summary>
    IJournalFile Create(string name, long reserveBytes);

    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    IJournalFile Open(string name, bool writable);

    void Delete(string name);

    void Move(string name, string newName);

    /// <summary>Makes creations, deletions and moves durable.</summary>
    void SyncFolder();

    long FreeBytes { get; }
}
