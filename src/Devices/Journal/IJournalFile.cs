namespace Fengsui.Devices.Journal;

/// <summary>One file of a journal's storage. Every member throws <see cref="IOException"/> when the environment fails.</summary>
public interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <summary>Fills as much of <paramref name="buffer"/> as the file has from <paramref name="offset"/> on; less only at its end.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all of <paramref name="bytes"/>, or throws; then any part of them may be in the file.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Makes what was written durable. After a failure nothing may be assumed of what was written since the last
    /// success, not even after a later success: the kernel drops the error together with the dirty pages.
    /// </summary>
    void SyncData();

    void Truncate(long length);
}
