using System.Net.Sockets;
using System.Text;
using Fengsui.Vehicles.Wire;

namespace Fengsui.Vehicles;

/// <summary>One connection of a terminal: logs in, sends, and hands on what is answered.</summary>
internal sealed class TerminalLink(long phone, bool is2019, VehiclesOptions options) : IDisposable
{
    private const ushort Registration = 0x0100, Authentication = 0x0102, Heartbeat = 0x0002, Logout = 0x0003;
    private const int Registration2013Bytes = 37, Registration2019Bytes = 76;

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly PlatformReader _reader = new();
    private readonly byte[] _buffer = new byte[4_096];
    private readonly Queue<PlatformMessage> _ready = [];
    private ushort _serial;

    public ushort NextSerial() => _serial++;

    /// <summary>Connects, registers unless a code is given, and authenticates.</summary>
    /// <exception cref="IOException">The platform refuses, or does not answer.</exception>
    public async Task LoginAsync(CancellationToken cancellation)
    {
        await _client.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
        var code = options.AuthCode is { } given ? Encoding.UTF8.GetBytes(given) : await RegisterAsync(cancellation).ConfigureAwait(false);
        byte[] body = is2019 ? [(byte)code.Length, .. code, .. new byte[35]] : code;
        var serial = NextSerial();
        await SendAsync(Authentication, serial, body, cancellation).ConfigureAwait(false);
        var answer = await AnswerAsync(PlatformMessage.GeneralReply, cancellation).ConfigureAwait(false);
        if (answer.AnswerTo != serial || answer.Result != 0)
        {
            throw new IOException($"{phone} is not let in: result {answer.Result}");
        }
    }

    public async Task SendAsync(ushort id, ushort serial, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        await _client.GetStream().WriteAsync(TerminalFrame.Write(id, phone, is2019, serial, body.Span), cancellation).ConfigureAwait(false);

    public Task BeatAsync(CancellationToken cancellation) => SendAsync(Heartbeat, NextSerial(), default, cancellation);

    public Task LogoutAsync(CancellationToken cancellation) => SendAsync(Logout, NextSerial(), default, cancellation);

    /// <summary>The next message of the platform.</summary>
    /// <exception cref="IOException">It has hung up.</exception>
    public async Task<PlatformMessage> ReadAsync(CancellationToken cancellation)
    {
        while (_ready.Count == 0)
        {
            var count = await _client.GetStream().ReadAsync(_buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                throw new IOException("the platform hung up");
            }

            foreach (var value in _buffer.AsSpan(0, count))
            {
                if (_reader.Take(value) is { } message)
                {
                    _ready.Enqueue(message);
                }
            }
        }

        return _ready.Dequeue();
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> RegisterAsync(CancellationToken cancellation)
    {
        await SendAsync(Registration, NextSerial(), new byte[is2019 ? Registration2019Bytes : Registration2013Bytes], cancellation).ConfigureAwait(false);
        var answer = await AnswerAsync(PlatformMessage.RegistrationReply, cancellation).ConfigureAwait(false);
        return answer.Result == 0 ? answer.Code : throw new IOException($"{phone} is not registered: result {answer.Result}");
    }

    private async Task<PlatformMessage> AnswerAsync(ushort id, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.AnswerTimeout);
        while (true)
        {
            var message = await ReadAsync(patience.Token).ConfigureAwait(false);
            if (message.Id == id)
            {
                return message;
            }
        }
    }
}
