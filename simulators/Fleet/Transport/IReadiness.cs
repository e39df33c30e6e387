using System.Net.Sockets;

namespace Fengsui.Fleet.Transport;

/// <summary>
/// Waits on many sockets in one thread. Edge-triggered in effect: after an event the caller reads until nothing is left,
/// and asks for <see cref="WatchWrite"/> when a write was cut short.
/// </summary>
internal interface IReadiness : IDisposable
{
    void Add(Socket socket, int token);

    void Remove(Socket socket, int token);

    void WatchWrite(Socket socket, int token);

    /// <summary>Fills <paramref name="events"/> and returns how many; 0 after <paramref name="timeoutMs"/>.</summary>
    int Wait(Span<ReadyEvent> events, int timeoutMs);
}
