using System.Net;
using System.Net.Sockets;
using Fengsui.Fleet.Transport;

namespace Fengsui.Api.Tests.Fleets;

public sealed class SendBufferTests
{
    private const int ChunkBytes = 64 * 1024;

    [Fact]
    public void A_socket_that_takes_nothing_blocks_the_buffer_until_it_does()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sender.Connect(listener.LocalEndPoint!);
        sender.Blocking = false;
        using var receiver = listener.Accept();
        var buffer = new SendBuffer(ChunkBytes);
        long sent = 0;
        while (!buffer.IsBlocked)
        {
            buffer.Append(new byte[ChunkBytes]);
            sent += ChunkBytes;
            buffer.Flush(sender);
        }

        // Full to the last byte: now nothing leaves at all, which must look the same as a write cut short.
        Assert.Equal(SocketError.WouldBlock, buffer.Flush(sender));
        Assert.True(buffer.IsBlocked);
        var received = Drain(receiver, buffer, sender, sent);
        Assert.Equal(sent, received);
        Assert.False(buffer.IsBlocked);
        Assert.True(buffer.IsEmpty);
    }

    private static long Drain(Socket receiver, SendBuffer buffer, Socket sender, long sent)
    {
        var chunk = new byte[ChunkBytes];
        long received = 0;
        while (received < sent)
        {
            received += receiver.Receive(chunk);
            buffer.Flush(sender);
        }

        return received;
    }
}
