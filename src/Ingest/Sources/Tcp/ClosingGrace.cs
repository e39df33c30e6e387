using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Sources.Tcp;

/// <summary>
/// Ends a connection's waits a while after it has closed: what a peer sent before it hung up is still to be read and committed, but a journal
/// without room must not keep a dead connection for ever.
/// </summary>
internal sealed class ClosingGrace : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _closed;

    public ClosingGrace(ConnectionContext connection) =>
        _closed = connection.ConnectionClosed.UnsafeRegister(static over => ((CancellationTokenSource)over!).CancelAfter(Grace), _over);

    public CancellationToken Token => _over.Token;

    /// <summary>Ends the waits after this time, unless <see cref="Satisfied"/> is called before.</summary>
    public void Expect(TimeSpan within) => _over.CancelAfter(within);

    /// <summary>What was expected has happened.</summary>
    public void Satisfied() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _closed.Dispose();
        _over.Dispose();
    }
}
