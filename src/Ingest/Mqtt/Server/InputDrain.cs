using System.IO.Pipelines;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// Reads and discards what a client still sends when it is refused in the middle of a packet. Closing with unread input resets the connection, and
/// the client may lose the DISCONNECT that says why. Ends when the client closes or pauses, and at the latest at the bounds.
/// </summary>
internal static class InputDrain
{
    /// <summary>A pause so long means that the client has sent what it had under way.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    /// <summary>No client keeps us longer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Discards up to <paramref name="maxBytes"/>. The reader must have advanced after its last read.</summary>
    public static async Task RunAsync(PipeReader input, long maxBytes, TimeProvider time)
    {
        var start = time.GetTimestamp();
        using var quiet = new CancellationTokenSource(Quiet, time);
        try
        {
            while (maxBytes > 0 && time.GetElapsedTime(start) < Limit)
            {
                var result = await input.ReadAsync(quiet.Token).ConfigureAwait(false);
                maxBytes -= result.Buffer.Length;
                input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted || result.IsCanceled) return;
                quiet.CancelAfter(Quiet);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // Quiet, or the client is gone: either way there is nothing more to wait for.
        }
    }
}
