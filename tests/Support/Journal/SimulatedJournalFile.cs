using Fengsui.Devices.Journal;

namespace Fengsui.Support.Journal;

/// <summary>An open handle on a <see cref="SimulatedFile"/>; every call passes the storage's faults.</summary>
internal sealed class SimulatedJournalFile(SimulatedJournalStorage storage, SimulatedFile file) : IJournalFile
{
    public long Length => storage.Do(() => file.Length);

    public int Read(long offset, Span<byte> buffer)
    {
        lock (storage.Gate)
        {
            storage.ThrowIfDown();
            return file.Read(offset, buffer);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        lock (storage.Gate)
        {
            var allowed = storage.BeforeWrite(file, offset, bytes.Length, out var failure);
            file.Write(offset, bytes[..allowed]);
            if (failure is not null)
                throw failure;
        }
    }

    public void SyncData() => storage.Sync(file);

    public void Truncate(long length) => storage.Mutate(() => file.SetLength((int)length));

    public void Dispose()
    {
    }
}
