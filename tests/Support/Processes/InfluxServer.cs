using System.Globalization;
using System.Text.Json;

namespace Fengsui.Support.Processes;

/// <summary>The system's InfluxDB 1.x on free loopback ports, with its data in a folder of its own.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    public const string Program = "influxd";
    public const string Database = "fengsui";

    private readonly string _folder = Directory.CreateTempSubdirectory("fengsui-influxd-").FullName;
    private readonly LoopbackProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private InfluxServer()
    {
        var port = LoopbackProcess.FreePort();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var configuration = Path.Combine(_folder, "influxdb.conf");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{LoopbackProcess.FreePort()}"
            [meta]
              dir = "{_folder}/meta"
            [data]
              dir = "{_folder}/data"
              wal-dir = "{_folder}/wal"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            [continuous_queries]
              enabled = false
            """));
        _process = new LoopbackProcess(Program, port, "run", "-config", configuration);
    }

    public Uri Url { get; }

    /// <summary>Bytes of its data on disk.</summary>
    public long DiskBytes => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public static async Task<InfluxServer> StartAsync()
    {
        var server = new InfluxServer();
        await server.RestartAsync();
        await server.CommandAsync("CREATE DATABASE " + Database);
        return server;
    }

    /// <summary>An InfluxQL statement that changes something.</summary>
    public async Task CommandAsync(string statement)
    {
        using var answer = await _http.PostAsync(new Uri(Url, "/query"), new FormUrlEncodedContent([new("q", statement)]));
        answer.EnsureSuccessStatusCode();
    }

    public Task RestartAsync() => _process.StartAsync();

    public void Kill() => _process.Kill();

    public void Suspend() => _process.Suspend();

    public void Resume() => _process.Resume();

    /// <summary>Writes lines as anybody could.</summary>
    public async Task WriteAsync(string lines)
    {
        using var answer = await _http.PostAsync(new Uri(Url, $"/write?db={Database}&precision=ms"), new StringContent(lines));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The series of one InfluxQL query, times in ms.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query)
    {
        var text = await _http.GetStringAsync(new Uri(Url, $"/query?db={Database}&epoch=ms&q={Uri.EscapeDataString(query)}"));
        using var document = JsonDocument.Parse(text);
        var result = document.RootElement.GetProperty("results")[0];
        return result.TryGetProperty("series", out var series) ? [.. series.EnumerateArray().Select(one => one.Clone())] : [];
    }

    /// <summary>How many values a field has.</summary>
    public async Task<long> CountAsync(string measurement, string field) =>
        await QueryAsync($"SELECT COUNT(\"{field}\") FROM \"{measurement}\"") is [var one, ..] ? one.GetProperty("values")[0][1].GetInt64() : 0;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
