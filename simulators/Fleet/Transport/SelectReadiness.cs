using System.Net.Sockets;

namespace Fengsui.Fleet.Transport;

/// <summary>Systems without epoll: the base library's select. Good for a few hundred connections.</summary>
internal sealed class SelectReadiness : IReadiness
{
    private const int MicrosecondsPerMs = 1000;

    private readonly Dictionary<Socket, int> _tokens = [];
    private readonly HashSet<Socket> _blocked = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];

    public void Add(Socket socket, int token)
    {
        _tokens[socket] = token;
        _blocked.Add(socket);
    }

    public void Remove(Socket socket, int token)
    {
        _tokens.Remove(socket);
        _blocked.Remove(socket);
    }

    public void WatchWrite(Socket socket, int token) => _blocked.Add(socket);

    public int Wait(Span<ReadyEvent> events, int timeoutMs)
    {
        if (_tokens.Count == 0)
        {
            Thread.Sleep(Math.Max(0, timeoutMs));
            return 0;
        }

        Refill(_readable, _tokens.Keys);
        Refill(_failed, _tokens.Keys);
        Refill(_writable, _blocked);
        Socket.Select(_readable, _writable, _failed, Math.Max(0, timeoutMs) * MicrosecondsPerMs);
        var count = 0;
        foreach (var socket in _writable.Take(events.Length))
        {
            _blocked.Remove(socket);
            events[count++] = new ReadyEvent(_tokens[socket], false, true, false);
        }

        foreach (var socket in _readable.Union(_failed).Take(events.Length - count))
        {
            events[count++] = new ReadyEvent(_tokens[socket], true, false, false);
        }

        return count;
    }

    public void Dispose()
    {
        // Sockets belong to their connections.
    }

    private static void Refill(List<Socket> list, IEnumerable<Socket> sockets)
    {
        list.Clear();
        list.AddRange(sockets);
    }
}
