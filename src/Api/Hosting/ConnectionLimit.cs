using Microsoft.AspNetCore.Connections;

namespace Fengsui.Api.Hosting;

/// <summary>Bounds the open connections of one listener; one too many is closed at once and counted.</summary>
internal sealed class ConnectionLimit(int maximum)
{
    private int _open;

    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if (Interlocked.Increment(ref _open) > maximum)
        {
            Interlocked.Decrement(ref _open);
            Instruments.HttpConnectionsRefused.Add(1);
            connection.Abort(new ConnectionAbortedException("too many connections"));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    };
}
