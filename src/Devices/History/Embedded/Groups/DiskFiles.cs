using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>The real file system.</summary>
internal sealed partial class DiskFiles : IHistoryFiles
{
    public SafeFileHandle Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(path);
        using var stream = new FileStream(path, options);
        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(path, 0);
        if (descriptor < 0)
            throw Failure(path);
        var failed = Fsync(descriptor) != 0;
        var failure = failed ? Failure(path) : null;
        _ = Close(descriptor);
        if (failure is not null)
            throw failure;
    }

    public void Delete(string path) => File.Delete(path);

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"cannot sync the folder {path}: {new Win32Exception(error).Message}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
