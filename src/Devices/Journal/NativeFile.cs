using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Journal;

/// <summary>The three Linux calls that the class library does not offer as they are.</summary>
[SupportedOSPlatform("linux")]
internal static partial class NativeFile
{
    private const int InterruptedCall = 4;
    private const int NotSupported = 95;
    private const int ReadOnlyFolderCloseOnExec = 0x10000 | 0x80000;

    /// <summary>fdatasync: the data and the metadata needed to read it, not the times.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        while (FDataSync(file) != 0)
            ThrowUnlessInterrupted("fdatasync");
    }

    /// <summary>Reserves space that reads as zeros; a file system that cannot only sets the length.</summary>
    public static void Reserve(SafeFileHandle file, long bytes)
    {
        while (FAllocate(file, 0, 0, bytes) != 0)
        {
            if (Marshal.GetLastPInvokeError() == NotSupported)
            {
                RandomAccess.SetLength(file, bytes);
                return;
            }

            ThrowUnlessInterrupted("fallocate");
        }
    }

    public static void SyncFolder(string path)
    {
        var descriptor = OpenFolder(path, ReadOnlyFolderCloseOnExec);
        if (descriptor < 0)
            throw Failure("open folder");
        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        while (FSync(folder) != 0)
            ThrowUnlessInterrupted("fsync of the folder");
    }

    private static void ThrowUnlessInterrupted(string call)
    {
        if (Marshal.GetLastPInvokeError() != InterruptedCall)
            throw Failure(call);
    }

    private static IOException Failure(string call)
    {
        var cause = new Win32Exception(Marshal.GetLastPInvokeError());
        return new($"{call} failed: {cause.Message}", cause);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int FAllocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);
}
