using System.Buffers;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Ingest.Tests.Mqtt.Support;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>The other end of a connection that a protocol serves.</summary>
internal sealed class TestPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestConnection _connection = new();

    public TestPeer(ITcpProtocol protocol, SourceConnection report)
    {
        Report = report;
        Served = protocol.ServeAsync(_connection, report);
    }

    public SourceConnection Report { get; }

    /// <summary>Completes when the protocol is done with the connection.</summary>
    public Task Served { get; }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _connection.ToServer.WriteAsync(bytes);

    /// <summary>Reads until so many bytes have come.</summary>
    public async Task<byte[]> ReadAsync(int bytes)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var result = await _connection.FromServer.ReadAtLeastAsync(bytes, deadline.Token);
        var answer = result.Buffer.Slice(0, bytes).ToArray();
        _connection.FromServer.AdvanceTo(result.Buffer.GetPosition(bytes));
        return answer;
    }

    /// <summary>What has come and was not read yet; waits for nothing.</summary>
    public byte[] Waiting()
    {
        if (!_connection.FromServer.TryRead(out var result))
        {
            return [];
        }

        var answer = result.Buffer.ToArray();
        _connection.FromServer.AdvanceTo(result.Buffer.End);
        return answer;
    }

    /// <summary>Hangs up, and waits until the protocol is done.</summary>
    public async Task HangUpAsync()
    {
        await _connection.ToServer.CompleteAsync();
        await Served.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.ToServer.CompleteAsync();
        await Served.WaitAsync(Patience);
    }
}
