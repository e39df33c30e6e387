using System.Globalization;
using System.Net;

namespace Fengsui.EndToEnd.Tests;

/// <summary>The disk beneath journal, history and alert log is full for a while.</summary>
public sealed class DiskFullTests(ITestOutputHelper output)
{
    /// <summary>The journal leaves 64 MiB to the others.</summary>
    private const int DiskMegabytes = 160;

    private const int BeforeFull = 200;
    private const int WhileFull = 50;
    private const int Window = 500;
    private const int MostMessages = 100_000;

    [FactWithSmallDisk]
    public async Task A_full_disk_stops_acknowledgements_says_so_and_loses_nothing_when_space_returns()
    {
        using var disk = new SmallDisk(DiskMegabytes);
        await using var server = await FengsuiServer.StartAsync(output, new ServerSetup
        {
            DataDirectory = Path.Combine(disk.Path, "data"),
            Settings = ["journal.segment_bytes=2MiB"],
        });
        var startMs = FleetInput.StartMs();
        using var client = await RawConnection.LoginAsync(server.MqttEndPoint, Packets.MakeConnect("gateway", keepAlive: 0));
        for (var n = 0; n < BeforeFull; n++)
        {
            await client.SendAsync(Message(n, startMs));
            Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        }

        disk.Fill();
        var (sent, owed) = await SendUntilUnacknowledgedAsync(client, BeforeFull, startMs);
        await Eventually.TrueAsync("not ready", async () => (await server.Api.TryGetAsync("/readyz")).Status == HttpStatusCode.ServiceUnavailable);
        var (_, reason) = await server.Api.TryGetAsync("/readyz");
        output.WriteLine(reason);
        Assert.Contains("\"journal\",\"ready\":false", reason, StringComparison.Ordinal);
        Assert.Contains("full", reason, StringComparison.Ordinal);
        await Eventually.TrueAsync("the log says so", () => server.Log.Contains("Not ready: journal: ", StringComparison.Ordinal));
        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(TimeSpan.FromSeconds(1)));
        using (var lines = new StringContent("gas,device=y co=1"))
        using (var told = await server.Api.Http.PostAsync(new Uri("/write", UriKind.Relative), lines))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (told.StatusCode, told.Headers.RetryAfter?.ToString()));
        }

        disk.Free();
        for (; owed > 0; owed--)
        {
            Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        }

        for (var n = sent; n < sent + WhileFull; n++)
        {
            await client.SendAsync(Message(n, startMs));
            Assert.Equal(Packets.PubAck, (await client.ReadAsync())!.First);
        }

        await Eventually.TrueAsync("ready again", async () => (await server.Api.TryGetAsync("/readyz")).Status == HttpStatusCode.OK);
        await AssertAllThereAsync(server, startMs, sent + WhileFull);
        await server.KillAsync();
        await server.StartAsync();
        await AssertAllThereAsync(server, startMs, sent + WhileFull);
        var verified = await FengsuiProgram.RunAsync(disk.Path, "journal", "verify", "--data", server.DataDirectory);
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }

    /// <summary>What is still reserved in the journal's segment is filled first. Gives how many messages were sent in all, and how many are owed.</summary>
    private static async Task<(int Sent, int Owed)> SendUntilUnacknowledgedAsync(RawConnection client, int first, long startMs)
    {
        for (var n = first; n < MostMessages; n += Window)
        {
            await client.SendAsync(Enumerable.Range(n, Window).SelectMany(each => Message(each, startMs)).ToArray());
            for (var owed = Window; owed > 0; owed--)
            {
                try
                {
                    Assert.Equal(Packets.PubAck, (await client.ReadAsync(TimeSpan.FromSeconds(2)))!.First);
                }
                catch (TimeoutException)
                {
                    return (n + Window, owed);
                }
            }
        }

        throw new InvalidOperationException("the disk is full and everything is acknowledged");
    }

    private static byte[] Message(int n, long startMs) => Packets.MakePublish(
        "telemetry/x",
        string.Create(CultureInfo.InvariantCulture, $$$"""{"ts":{{{startMs + n}}},"values":{"n":{{{n}}}},"padding":{"a":1.5,"b":2.5,"c":3.5}}"""),
        1,
        (ushort)(n % 60_000 + 1));

    private static async Task AssertAllThereAsync(FengsuiServer server, long startMs, int count)
    {
        var stored = await server.Api.ReadingsAsync("x", "n", startMs, startMs + 3_600_000);
        Assert.Equal(Enumerable.Range(0, count).Select(n => (double)n), stored.Select(reading => reading.Value));
        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }
}
