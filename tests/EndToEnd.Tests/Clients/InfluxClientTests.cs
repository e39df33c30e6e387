using System.Globalization;
using System.Text.Json;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>Clients of InfluxDB push unchanged: Debian's Python client, and curl as scripts use it.</summary>
public sealed class InfluxClientTests(ITestOutputHelper output)
{
    private static readonly ServerSetup Setup = ServerSetup.Default with
    {
        Files = new Dictionary<string, string> { ["sources/writes.yaml"] = "http_writes: { text: ignore }\n" },
    };

    [FactIfPython("influxdb", "python3-influxdb")]
    public async Task The_Python_client_writes_points_and_hears_of_a_bad_one()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        var startMs = FleetInput.StartMs();
        var run = await Command.RunAsync(
            FactIfPythonAttribute.Python,
            null,
            TimeSpan.FromSeconds(90),
            Path.Combine(AppContext.BaseDirectory, "Clients", "influx_round.py"),
            server.Api.Http.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture),
            startMs.ToString(CultureInfo.InvariantCulture),
            "-");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.StartsWith("fengsui-", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["True", "True"], run.Lines.Skip(1).Take(2));
        Assert.StartsWith("400 ", run.Lines[3], StringComparison.Ordinal);
        Assert.Contains("partial write: unable to parse 'gas,device=line co=': missing field value dropped=1", run.Lines[3], StringComparison.Ordinal);
        for (var device = 0; device < 3; device++)
        {
            var stored = await server.Api.ReadingsAsync($"influx {device}", "n", startMs, startMs + 3_000);
            Assert.Equal(Enumerable.Range(0, 3_000).Where(n => n % 3 == device).Select(n => (startMs + n, (double)n)), stored);
        }

        Assert.Equal([1.0, 2, 3], (await server.Api.ReadingsAsync("line", "co", startMs, startMs + 3_000)).Select(reading => reading.Value));
        var ledger = await server.Api.LedgerAsync();
        Assert.True(ledger.Balanced);
        Assert.Equal((12_003, 1), (ledger.Applied, ledger.DeadLettered));
    }

    [FactIfInstalled("curl")]
    public async Task Curl_writes_gzip_and_hears_what_an_InfluxDB_would_say()
    {
        await using var server = await FengsuiServer.StartAsync(output, Setup);
        var file = Path.Combine(server.WorkingDirectory, "lines.gz");
        await using (var zip = new System.IO.Compression.GZipStream(File.Create(file), System.IO.Compression.CompressionLevel.Fastest))
        {
            await zip.WriteAsync("gas,host=h1 co=1\ngas,host=h1 co\ngas,host=h2 co=2\n"u8.ToArray());
        }

        var url = server.Api.Http.BaseAddress!.ToString();
        var partly = await CurlAsync("-H", "Content-Encoding: gzip", "--data-binary", "@" + file, url + "api/v2/write?org=o&bucket=b&precision=s");
        Assert.Equal("400", partly.Status);
        Assert.Equal(2, partly.Body.GetProperty("line").GetInt32());
        var whole = await CurlAsync("-H", "Authorization: Token anything", "--data-binary", "gas,host=h1 co=3", url + "write?db=plant");
        Assert.Equal("204", whole.Status);
        Assert.Equal("204", (await CurlAsync("-I", url + "ping")).Status);
        Assert.Equal("pass", (await CurlAsync(url + "health")).Body.GetProperty("status").GetString());
        Assert.Equal(["h1", "h2"], (await server.Api.ListAsync("/api/v1/devices?prefix=h")).Select(device => device.GetProperty("id").GetString()));
        await Eventually.TrueAsync("the dead letter", async () => (await server.Api.ListAsync("/api/v1/dead-letters")).Count == 1);
        var letter = Assert.Single(await server.Api.ListAsync("/api/v1/dead-letters"));
        Assert.Equal(("malformed-frame", "http", 14), (letter.GetProperty("reason").GetString(), letter.GetProperty("protocol").GetString(), letter.GetProperty("length").GetInt32()));
    }

    private static async Task<(string Status, JsonElement Body)> CurlAsync(params string[] arguments)
    {
        var run = await Command.RunAsync("curl", ["-s", "-w", "\n%{http_code}", .. arguments]);
        Assert.True(run.ExitCode == 0, run.ToString());
        var body = run.Output[..run.Output.LastIndexOf('\n')];
        return (run.Output[(run.Output.LastIndexOf('\n') + 1)..], body.StartsWith('{') ? JsonDocument.Parse(body).RootElement.Clone() : default);
    }
}
