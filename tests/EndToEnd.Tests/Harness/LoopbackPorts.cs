using System.Net;
using System.Net.Sockets;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>
/// Free ports that stay a server's own while it is down. They lie below the range from which systems draw the ports of
/// outgoing connections: a client that keeps dialling a dead server in that range sooner or later connects to itself.
/// </summary>
internal static class LoopbackPorts
{
    private const int First = 18_000;
    private const int Last = 31_000;

    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody: draw again.
            }
        }
    }
}
