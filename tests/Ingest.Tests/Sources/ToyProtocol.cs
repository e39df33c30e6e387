using System.Buffers;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>Echoes whatever it hears; an exclamation mark breaks it in a way that no peer should be able to, a question mark is no frame.</summary>
internal sealed class ToyProtocol : ITcpProtocol
{
    public async Task ServeAsync(ConnectionContext connection, SourceConnection report)
    {
        while (await connection.Transport.Input.ReadAsync() is { IsCompleted: false } read)
        {
            var bytes = read.Buffer.ToArray();
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (bytes.Contains((byte)'!'))
            {
                throw new InvalidOperationException("broken");
            }

            if (!bytes.Contains((byte)'?'))
            {
                report.Heard(bytes.Length);
            }

            await connection.Transport.Output.WriteAsync(bytes);
        }
    }
}
