using System.Net;
using System.Net.Sockets;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>A TCP connection that says exactly what the test tells it to, right or wrong.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;

    private RawConnection(Socket socket) => _socket = socket;

    public Socket Socket => _socket;

    public static async Task<RawConnection> OpenAsync(EndPoint server, int? receiveBufferBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferBytes is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(server);
        return new RawConnection(socket);
    }

    /// <summary>Opens and is admitted as an MQTT client.</summary>
    public static async Task<RawConnection> LoginAsync(EndPoint server, byte[] connect, int? receiveBufferBytes = null)
    {
        var connection = await OpenAsync(server, receiveBufferBytes);
        await connection.SendAsync(connect);
        var answer = await connection.ReadAsync();
        Assert.Equal(Packets.ConnAck, answer?.First);
        Assert.Equal(0, answer!.Body[1]);
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends what the server will take; false once it has closed.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The next packet; null when the server has closed.</summary>
    public async Task<RawPacket?> ReadAsync(TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Eventually.Patience);
        try
        {
            var one = new byte[1];
            if (!await FillAsync(one, deadline.Token))
            {
                return null;
            }

            var first = one[0];
            var length = 0;
            var shift = 0;
            do
            {
                if (!await FillAsync(one, deadline.Token))
                {
                    return null;
                }

                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while ((one[0] & 0x80) != 0);

            var body = new byte[length];
            return await FillAsync(body, deadline.Token) ? new RawPacket(first, body) : null;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("the server sent nothing and did not close");
        }
    }

    /// <summary>Reads until the server closes; false when it has not by then.</summary>
    public async Task<bool> ClosesWithinAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            var sink = new byte[4096];
            while (await FillSomeAsync(sink, deadline.Token) > 0)
            {
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (!buffer.IsEmpty)
        {
            var read = await FillSomeAsync(buffer, cancellation);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
        }

        return true;
    }

    private async Task<int> FillSomeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, cancellation);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
