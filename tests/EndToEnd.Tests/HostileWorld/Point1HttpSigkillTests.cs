using System.Globalization;
using System.Net;
using System.Text;

namespace Fengsui.EndToEnd.Tests.HostileWorld;

/// <summary>SIGKILL while agents write lines over HTTP: what was answered 204 survives, and what is written again is stored once.</summary>
public sealed class Point1HttpSigkillTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Writers = 4;
    private const int LinesPerWrite = 20;
    private const int WritesPerKill = 60;

    [Fact]
    public async Task Sigkill_at_random_moments_loses_no_line_that_was_answered()
    {
        var random = new Random(Seed.Take(output));
        var startMs = FleetInput.StartMs();
        await using var server = await FengsuiServer.StartAsync(output, ServerSetup.Default.With("devices.snapshot_interval=1s"));
        using var done = new CancellationTokenSource();
        var written = new int[Writers];
        var repeats = new int[Writers];
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(server, writer, startMs, written, repeats, done.Token))).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            var goal = written.Sum() + random.Next(1, WritesPerKill);
            await Eventually.TrueAsync($"{goal} writes answered", () => written.Sum() >= goal);
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(random.Next(12)));
            await server.KillAsync();
            await server.StartAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll(writers);
        output.WriteLine($"{written.Sum()} writes answered, {repeats.Sum()} written again");
        Assert.True(repeats.Sum() > 0, "no kill met a write in flight: the test proves nothing");
        for (var writer = 0; writer < Writers; writer++)
        {
            var lines = written[writer] * LinesPerWrite;
            var stored = await server.Api.ReadingsAsync($"agent-{writer}", "n", startMs, startMs + lines);
            Assert.Equal(Enumerable.Range(0, lines).Select(n => (startMs + n, (double)n)), stored);
        }

        Assert.True((await server.Api.LedgerAsync()).Balanced);
    }

    /// <summary>Writes batch after batch, each again until it is answered 204; stops at the end of a batch.</summary>
    private static async Task WriteAsync(FengsuiServer server, int writer, long startMs, int[] written, int[] repeats, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var text = new StringBuilder();
            for (var n = written[writer] * LinesPerWrite; n < (written[writer] + 1) * LinesPerWrite; n++)
            {
                text.Append(CultureInfo.InvariantCulture, $"gas,device=agent-{writer} n={n}i,co={n / 4.0} {startMs + n}\n");
            }

            while (!await TryWriteAsync(server, text.ToString()))
            {
                repeats[writer]++;
            }

            written[writer]++;
        }
    }

    private static async Task<bool> TryWriteAsync(FengsuiServer server, string text)
    {
        try
        {
            using var content = new StringContent(text);
            using var answer = await server.Api.Http.PostAsync(new Uri("/write?db=plant&precision=ms", UriKind.Relative), content);
            Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ServiceUnavailable, answer.StatusCode.ToString());
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            await Eventually.PassAsync(TimeSpan.FromMilliseconds(20));
            return false;
        }
    }
}
