using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fengsui.Api.Tests.Fleets;

/// <summary>
/// A small MQTT server on a loopback socket: accepts everyone, keeps every PUBLISH, acknowledges it, and hangs up when the
/// test says so. Written from the packet layouts, not with the codec, so that both sides do not share a mistake.
/// </summary>
internal sealed class AckingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public AckingServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>PUBLISH packets per client id, in the order received, first byte included.</summary>
    public ConcurrentDictionary<string, List<byte[]>> Published { get; } = new();

    /// <summary>Hang up on a connection after so many PUBLISH packets, the last one unacknowledged; 0 is never.</summary>
    public int HangUpAfter { get; init; }

    /// <summary>How often it hangs up, in all.</summary>
    public int HangUps { get; set; }

    /// <summary>Acknowledge only once so many wait, so that windows fill.</summary>
    public int AcknowledgeBatch { get; init; } = 1;

    /// <summary>Sent in an MQTT 5 CONNACK.</summary>
    public ushort? ReceiveMaximum { get; init; }

    public bool SessionPresent { get; init; }

    public int MostUnacknowledged { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        await using var stream = new NetworkStream(socket);
        var unacknowledged = new List<ushort>();
        var packets = new List<byte[]>();
        try
        {
            while (await ReadPacketAsync(stream) is { } packet)
            {
                switch (packet[0] >> 4)
                {
                    case 1:
                        packets = Published.GetOrAdd(ClientId(packet), _ => []);
                        await stream.WriteAsync(Connack(packet));
                        break;
                    case 3:
                        packets.Add(packet);
                        if (!await AcknowledgeAsync(stream, packet, unacknowledged, packets.Count))
                        {
                            return;
                        }

                        break;
                    case 6:
                        await stream.WriteAsync(new byte[] { 0x70, 2, packet[2], packet[3] });
                        break;
                    case 12:
                        await stream.WriteAsync(new byte[] { 0xD0, 0 });
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task<bool> AcknowledgeAsync(NetworkStream stream, byte[] packet, List<ushort> unacknowledged, int count)
    {
        var qos = (packet[0] >> 1) & 3;
        if (qos == 0)
        {
            return true;
        }

        unacknowledged.Add(PacketId(packet));
        MostUnacknowledged = Math.Max(MostUnacknowledged, unacknowledged.Count);
        if (HangUpAfter > 0 && count % HangUpAfter == 0 && HangUps > 0)
        {
            HangUps--;
            return false;
        }

        if (unacknowledged.Count >= AcknowledgeBatch)
        {
            var type = (byte)(qos == 1 ? 0x40 : 0x50);
            await stream.WriteAsync(unacknowledged.SelectMany(id => new byte[] { type, 2, (byte)(id >> 8), (byte)id }).ToArray());
            unacknowledged.Clear();
        }

        return true;
    }

    private byte[] Connack(byte[] connect)
    {
        var session = (byte)(SessionPresent ? 1 : 0);
        var isVersion5 = connect[^1] >= 0 && connect[HeaderLength(connect) + 6] == 5;
        return !isVersion5 ? [0x20, 2, session, 0]
            : ReceiveMaximum is { } maximum ? [0x20, 6, session, 0, 3, 0x21, (byte)(maximum >> 8), (byte)maximum]
            : [0x20, 3, session, 0, 0];
    }

    private static string ClientId(byte[] connect)
    {
        var at = HeaderLength(connect) + 10;
        if (connect[HeaderLength(connect) + 6] == 5)
        {
            at += 1 + connect[at];
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(connect.AsSpan(at));
        return System.Text.Encoding.UTF8.GetString(connect, at + 2, length);
    }

    private static ushort PacketId(byte[] publish)
    {
        var at = HeaderLength(publish);
        return BinaryPrimitives.ReadUInt16BigEndian(publish.AsSpan(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(publish.AsSpan(at))));
    }

    private static int HeaderLength(byte[] packet)
    {
        var at = 1;
        while ((packet[at] & 0x80) != 0)
        {
            at++;
        }

        return at + 1;
    }

    private async Task<byte[]?> ReadPacketAsync(NetworkStream stream)
    {
        var header = new List<byte>();
        var one = new byte[1];
        var length = 0;
        do
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            header.Add(one[0]);
            length |= header.Count > 1 ? (one[0] & 0x7F) << (7 * (header.Count - 2)) : 0;
        }
        while (header.Count < 2 || (header[^1] & 0x80) != 0);
        var packet = new byte[header.Count + length];
        header.CopyTo(packet);
        await stream.ReadExactlyAsync(packet.AsMemory(header.Count), _stopping.Token);
        return packet;
    }
}
