using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Fengsui.Ble.Wire;

/// <summary>One connection of a gateway: frames of four bytes of length and JSON.</summary>
internal sealed class GatewayLink : IDisposable
{
    private const int HeaderBytes = 4;

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _answer = new byte[256];

    /// <summary>Connects and says who it is.</summary>
    /// <exception cref="IOException">The server does not let it in.</exception>
    public async Task LoginAsync(string host, int port, string gateway, string? token, CancellationToken cancellation)
    {
        await _client.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
        await SendAsync(JsonSerializer.Serialize(new { gateway, token }), cancellation).ConfigureAwait(false);
        using var answer = await ReadAsync(cancellation).ConfigureAwait(false);
        if (!answer.RootElement.TryGetProperty("welcome", out _))
        {
            throw new IOException($"{gateway} is not let in");
        }
    }

    public async Task SendAsync(string json, CancellationToken cancellation)
    {
        var frame = new byte[HeaderBytes + Encoding.UTF8.GetByteCount(json)];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - HeaderBytes);
        Encoding.UTF8.GetBytes(json, frame.AsSpan(HeaderBytes));
        await _client.GetStream().WriteAsync(frame, cancellation).ConfigureAwait(false);
    }

    /// <summary>The number up to which all is acknowledged.</summary>
    /// <exception cref="IOException">The server has hung up.</exception>
    public async Task<long> ReadAckAsync(CancellationToken cancellation)
    {
        using var answer = await ReadAsync(cancellation).ConfigureAwait(false);
        return answer.RootElement.GetProperty("ack").GetInt64();
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonDocument> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.GetStream().ReadExactlyAsync(_answer.AsMemory(0, HeaderBytes), cancellation).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadInt32BigEndian(_answer);
            if (length is <= 0 or > 256)
            {
                throw new IOException($"an answer of {length} bytes");
            }

            await _client.GetStream().ReadExactlyAsync(_answer.AsMemory(0, length), cancellation).ConfigureAwait(false);
            return JsonDocument.Parse(_answer.AsMemory(0, length));
        }
        catch (JsonException fault)
        {
            throw new IOException("an answer that is no JSON", fault);
        }
    }
}
