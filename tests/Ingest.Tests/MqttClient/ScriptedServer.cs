using System.IO.Pipelines;
using System.Threading.Channels;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Tests.MqttClients;

/// <summary>The other end of a client's dialer: each dial becomes a connection that the test scripts, over pipes in memory.</summary>
internal sealed class ScriptedServer(MqttVersion version = MqttVersion.V5) : IMqttDialer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly Channel<ScriptedConnection> _accepted = Channel.CreateUnbounded<ScriptedConnection>();

    public int Dials { get; private set; }

    public Task<MqttTransport> DialAsync(CancellationToken cancellation)
    {
        Dials++;
        var toServer = new Pipe();
        var toClient = new Pipe();
        _accepted.Writer.TryWrite(new ScriptedConnection(toServer.Reader, toClient.Writer, version));
        return Task.FromResult(new MqttTransport(toClient.Reader, toServer.Writer));
    }

    /// <summary>The next connection, before its CONNECT is read.</summary>
    public async Task<ScriptedConnection> DialedAsync() => await _accepted.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    /// <summary>The next connection, its CONNECT read and answered.</summary>
    public async Task<ScriptedConnection> AcceptAsync(bool sessionPresent = false, ushort? receiveMaximum = null)
    {
        var connection = await DialedAsync();
        await connection.ExpectAsync(PacketType.Connect);
        await connection.AcceptAsync(sessionPresent, receiveMaximum);
        return connection;
    }
}
