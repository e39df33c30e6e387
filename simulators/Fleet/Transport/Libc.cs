using System.Runtime.InteropServices;

namespace Fengsui.Fleet.Transport;

/// <summary>The Linux calls that the base library does not offer.</summary>
internal static partial class Libc
{
    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const uint EpollIn = 0x1;
    public const uint EpollOut = 0x4;
    public const uint EpollError = 0x8;
    public const uint EpollHangUp = 0x10;
    public const uint EpollReadHangUp = 0x2000;
    public const uint EpollEdge = 1u << 31;
    public const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int EpollControl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int EpollWait(int epoll, byte* events, int capacity, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
