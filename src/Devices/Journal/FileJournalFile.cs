namespace Fengsui.Devices.Journal;

/// <summary>A file of the file system, read and written at given offsets.</summary>
internal sealed class FileJournalFile(FileStream stream) : IJournalFile
{
    public long Length => RandomAccess.GetLength(stream.SafeFileHandle);

    public int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var read = RandomAccess.Read(stream.SafeFileHandle, buffer[total..], offset + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(stream.SafeFileHandle, bytes, offset);

    public void SyncData()
    {
        if (OperatingSystem.IsLinux())
            NativeFile.SyncData(stream.SafeFileHandle);
        else
            RandomAccess.FlushToDisk(stream.SafeFileHandle);
    }

    public void Truncate(long length) => RandomAccess.SetLength(stream.SafeFileHandle, length);

    public void Dispose() => stream.Dispose();
}
