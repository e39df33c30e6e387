using System.Net;
using System.Net.Sockets;

namespace Fengsui.EndToEnd.Tests.FieldProtocols;

/// <summary>A peer that no listener should have to suffer from.</summary>
internal static class BadPeer
{
    /// <summary>Waits until the bad peers are at work.</summary>
    public static Task AtWorkAsync(ApiClient api, string protocol) => Eventually.TrueAsync("a hundred bad frames", async () =>
    {
        var source = (await api.ListAsync("/api/v1/sources")).Single(item => item.GetProperty("protocol").GetString() == protocol);
        return source.GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64()) >= 100;
    });

    /// <summary>Floods with noise, starts frames without end, or reads none of its answers, and comes back whenever it is thrown out.</summary>
    public static async Task BotherAsync(int port, int kind, byte delimiter, CancellationToken over)
    {
        var noise = new byte[4_096];
        new Random(kind).NextBytes(noise);
        Array.Fill(noise, delimiter, 0, kind % 3 == 0 ? 2_000 : 1);
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var peer = await RawConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, port), kind % 2 == 0 ? 1_024 : null);
                for (var i = 0; i < 50 && !over.IsCancellationRequested && await peer.TrySendAsync(noise); i++)
                {
                    await Task.Delay(5, over);
                }
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException)
            {
                // Thrown out, or told to stop.
            }
        }
    }
}
