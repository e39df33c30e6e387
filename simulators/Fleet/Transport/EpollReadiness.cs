using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fengsui.Fleet.Transport;

/// <summary>Linux: one edge-triggered registration per socket for its life, one call per wait.</summary>
internal sealed unsafe class EpollReadiness : IReadiness
{
    private const int Capacity = 256;
    private const int CloseOnExec = 0x80000;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly int _epoll;
    private readonly byte[] _events = GC.AllocateArray<byte>(Capacity * EventSize, pinned: true);

    public EpollReadiness()
    {
        _epoll = Libc.EpollCreate(CloseOnExec);
        ThrowIfFailed(_epoll);
    }

    public void Add(Socket socket, int token)
    {
        var change = stackalloc byte[EventSize];
        *(uint*)change = Libc.EpollIn | Libc.EpollOut | Libc.EpollReadHangUp | Libc.EpollEdge;
        *(int*)(change + DataOffset) = token;
        ThrowIfFailed(Libc.EpollControl(_epoll, Libc.EpollAdd, (int)socket.Handle, change));
    }

    public void Remove(Socket socket, int token)
    {
        var change = stackalloc byte[EventSize];
        _ = Libc.EpollControl(_epoll, Libc.EpollDelete, (int)socket.Handle, change);
    }

    public void WatchWrite(Socket socket, int token)
    {
        // The registration already asks for the edge.
    }

    public int Wait(Span<ReadyEvent> events, int timeoutMs)
    {
        fixed (byte* raw = _events)
        {
            var count = Libc.EpollWait(_epoll, raw, Math.Min(Capacity, events.Length), timeoutMs);
            if (count < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                return error == Libc.Interrupted ? 0 : throw new Win32Exception(error);
            }

            for (var i = 0; i < count; i++)
            {
                var flags = *(uint*)(raw + (i * EventSize));
                var broken = (flags & (Libc.EpollError | Libc.EpollHangUp | Libc.EpollReadHangUp)) != 0;
                events[i] = new ReadyEvent(
                    *(int*)(raw + (i * EventSize) + DataOffset),
                    broken || (flags & Libc.EpollIn) != 0,
                    (flags & Libc.EpollOut) != 0,
                    broken);
            }

            return count;
        }
    }

    public void Dispose() => _ = Libc.Close(_epoll);

    private static void ThrowIfFailed(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
