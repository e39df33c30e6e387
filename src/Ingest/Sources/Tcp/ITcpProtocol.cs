using Fengsui.Ingest.Sources.Again;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Sources.Tcp;

/// <summary>Speaks one protocol with peers that connect to us.</summary>
internal interface ITcpProtocol
{
    /// <summary>
    /// Serves one connection until the peer ends it, breaks the protocol, or its <c>ConnectionClosed</c> is cancelled. Calls
    /// <see cref="SourceConnection.Heard"/> for each whole frame: a peer of whom nothing whole is heard for the idle time-out is closed.
    /// </summary>
    Task ServeAsync(ConnectionContext connection, SourceConnection report);

    /// <summary>Takes its dead letters again; null when they cannot be.</summary>
    ISecondTaker? SecondTaker => null;
}
