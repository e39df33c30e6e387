using System.Net.Sockets;

namespace Fengsui.Fleet.Transport;

/// <summary>Bytes on their way into one socket. A write that the socket cuts short is continued before anything is added.</summary>
internal sealed class SendBuffer(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _head;
    private int _tail;

    public bool IsEmpty => _head == _tail;

    /// <summary>True while the socket has not taken all of a write, be it a part or nothing; nothing may be added then.</summary>
    public bool IsBlocked { get; private set; }

    public int Length => _tail - _head;

    public Span<byte> Free => _bytes.AsSpan(_tail);

    public void Advance(int count) => _tail += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free);
        _tail += bytes.Length;
    }

    public void Clear()
    {
        _head = _tail = 0;
        IsBlocked = false;
    }

    /// <summary>Sends all it can. <see cref="SocketError.WouldBlock"/> means that the rest must wait.</summary>
    public SocketError Flush(Socket socket)
    {
        while (_head < _tail)
        {
            var sent = socket.Send(_bytes.AsSpan(_head, _tail - _head), SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                IsBlocked = error == SocketError.WouldBlock;
                return error;
            }

            _head += sent;
        }

        Clear();
        return SocketError.Success;
    }
}
