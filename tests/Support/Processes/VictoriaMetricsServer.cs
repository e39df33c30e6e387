using System.Globalization;
using System.Text.Json;

namespace Fengsui.Support.Processes;

/// <summary>The system's VictoriaMetrics on a free loopback port, storing one sample a series and millisecond.</summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    public const string Program = "victoria-metrics";

    private readonly string _folder = Directory.CreateTempSubdirectory("fengsui-vm-").FullName;
    private readonly LoopbackProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private VictoriaMetricsServer(string[] more)
    {
        var port = LoopbackProcess.FreePort();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _process = new LoopbackProcess(
            Program,
            port,
            [string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{port}"), $"-storageDataPath={_folder}", "-dedup.minScrapeInterval=1ms", "-retentionPeriod=10y", "-loggerLevel=ERROR", .. more]);
    }

    public Uri Url { get; }

    /// <param name="more">Further arguments of the program.</param>
    public static async Task<VictoriaMetricsServer> StartAsync(params string[] more)
    {
        var server = new VictoriaMetricsServer(more);
        await server._process.StartAsync();
        return server;
    }

    public Task RestartAsync() => _process.StartAsync();

    public void Kill() => _process.Kill();

    /// <summary>The newest values of a PromQL expression, a series each.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query)
    {
        using var answer = await _http.GetAsync(new Uri(Url, $"/api/v1/query?nocache=1&query={Uri.EscapeDataString(query)}"));
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode
            ? [.. document.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => one.Clone())]
            : throw new InvalidDataException($"{query}: {document.RootElement}");
    }

    /// <summary>All samples of the series that match: <c>metric</c>, <c>values</c> and <c>timestamps</c> (ms) of each.</summary>
    public async Task<IReadOnlyList<JsonElement>> ExportAsync(string match)
    {
        using var flushed = await _http.GetAsync(new Uri(Url, "/internal/force_flush"));
        var text = await _http.GetStringAsync(new Uri(Url, $"/api/v1/export?reduce_mem_usage=0&match[]={Uri.EscapeDataString(match)}"));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        })];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
