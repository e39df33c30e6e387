using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>TCP, with TLS when the options say so.</summary>
internal sealed class SocketDialer(MqttClientOptions options) : IMqttDialer
{
    public async Task<MqttTransport> DialAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls)
            {
                stream = await SecureAsync(stream, tls, cancellation).ConfigureAwait(false);
            }

            var keepOpen = new StreamPipeReaderOptions(leaveOpen: true);
            return new MqttTransport(PipeReader.Create(stream, keepOpen), PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)), stream);
        }
        catch (Exception e) when (e is SocketException or AuthenticationException)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<SslStream> SecureAsync(Stream stream, SslClientAuthenticationOptions tls, CancellationToken cancellation)
    {
        tls.TargetHost ??= options.Host;
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(tls, cancellation).ConfigureAwait(false);
        return secure;
    }
}
