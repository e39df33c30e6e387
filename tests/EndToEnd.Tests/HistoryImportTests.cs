using System.Globalization;
using System.Text;

namespace Fengsui.EndToEnd.Tests;

/// <summary>An import whose process is killed when the server has a request that the file beside it does not know of.</summary>
public sealed class HistoryImportTests(ITestOutputHelper output)
{
    private const int Readings = 30_000;

    private const int KilledAt = 3;

    [Theory]
    [InlineData("csv")]
    [InlineData("line")]
    public async Task A_killed_import_goes_on_and_leaves_no_gap_and_no_double(string format)
    {
        using var scratch = new TestDirectory();
        await using var server = await FengsuiServer.StartAsync(output);
        await using var proxy = new StallingProxy(server.Api.Http.BaseAddress!, KilledAt);
        var beginMs = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 3_600_000;
        var file = scratch["readings"];
        await File.WriteAllTextAsync(file, Text(format, beginMs));

        string[] import = ["history", "import", file, "--format", format, "--url", proxy.Url];
        var start = FengsuiProgram.Start(import, scratch.Path);
        using (var killed = System.Diagnostics.Process.Start(start)!)
        {
            await proxy.Stalled.WaitAsync(Eventually.Patience);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.Equal((true, KilledAt), (File.Exists(file + ".import"), proxy.Requests));
        var again = await FengsuiProgram.RunAsync(scratch.Path, import);
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.False(File.Exists(file + ".import"));

        // Begun anew it needs as many requests, but for the one that was sent twice; and what was stored already stays what it is.
        await using var other = new StallingProxy(server.Api.Http.BaseAddress!, 0);
        var anew = await FengsuiProgram.RunAsync(scratch.Path, [.. import[..^1], other.Url]);
        Assert.True(anew.ExitCode == 0, anew.ToString());
        Assert.True(other.Requests > KilledAt + 1, "the process was killed at the end: the test proves little");
        Assert.Equal(other.Requests + 1, proxy.Requests);

        var exported = scratch["exported"];
        var export = await FengsuiProgram.RunAsync(
            scratch.Path, "history", "export", exported, "--type", "default", "--from", Number(beginMs), "--to", Number(beginMs + 3_000_000), "--url", server.Api.Http.BaseAddress!.ToString());
        Assert.True(export.ExitCode == 0, export.ToString());
        Assert.Equal(Text("csv", beginMs), await File.ReadAllTextAsync(exported));
    }

    /// <summary>As an export gives it: by device and time.</summary>
    private static string Text(string format, long beginMs)
    {
        var text = new StringBuilder(format == "csv" ? "device,metric,time,time_ms,value,lat,lon,quality\r\n" : "");
        for (var i = 0; i < Readings; i++)
        {
            var (device, timeMs) = ($"probe-{i * 3 / Readings}", beginMs + (i % (Readings / 3) * 100));
            var (value, isUncertain) = (Number(i), i % 7 == 0);
            text.Append(format == "csv"
                ? $"{device},temperature,{DateTimeOffset.FromUnixTimeMilliseconds(timeMs):yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{Number(timeMs)},{value},,,{(isUncertain ? "uncertain" : "good")}\r\n"
                : $"readings,device={device}{(isUncertain ? ",quality=uncertain" : "")} temperature={value} {Number(timeMs)}\n");
        }

        return text.ToString();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
