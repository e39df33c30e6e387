using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Fengsui.Api.Delivery.Email;

/// <summary>Commands and replies of SMTP (RFC 5321) over one connection.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    /// <summary>Bound on a reply; servers send less than 1,000 bytes a line.</summary>
    private const int MaxReplyBytes = 64 << 10;

    private readonly TcpClient _client = new();
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    public async Task ConnectAsync(EmailOptions options, CancellationToken cancellation)
    {
        await _client.ConnectAsync(options.Host, options.Port, cancellation);
        _client.NoDelay = true;
        _stream = _client.GetStream();
        if (options.Tls == SmtpTls.Implicit)
        {
            await EncryptAsync(options, cancellation);
        }
    }

    /// <summary>What was received before the encryption must not count after it: somebody on the way could have put it there.</summary>
    public async Task EncryptAsync(EmailOptions options, CancellationToken cancellation)
    {
        (_start, _end) = (0, 0);
        var secure = new SslStream(_stream);
        var authentication = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.AuthorityFile is { } path)
        {
            authentication.CertificateChainPolicy = TrustedAuthorities.Of(path);
        }

        await secure.AuthenticateAsClientAsync(authentication, cancellation);
        _stream = secure;
    }

    public async Task<SmtpReply> SendAsync(string command, CancellationToken cancellation)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation);
        return await ReadAsync(cancellation);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation);
        await _stream.FlushAsync(cancellation);
    }

    /// <exception cref="IOException">The connection ended, or this is no mail server.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        for (var bytes = 0; bytes < MaxReplyBytes;)
        {
            var line = await ReadLineAsync(cancellation);
            bytes += line.Length + 2;
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                break;
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines);
            }
        }

        throw new IOException("the answer is not one of a mail server");
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = feed < 0 ? _end - _start : feed;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += feed < 0 ? length : feed + 1;
            if (feed >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length > MaxReplyBytes)
            {
                throw new IOException("the server's answer does not end");
            }

            (_start, _end) = (0, await _stream.ReadAsync(_buffer, cancellation));
            if (_end == 0)
            {
                throw new IOException("the server closed the connection");
            }
        }
    }
}
