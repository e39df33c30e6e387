using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fengsui.Bench.EndToEnd;

/// <summary>A time-series server of the system beside Fengsui: its own process, free loopback ports, a throw-away folder.</summary>
internal sealed class StoreProcess : IAsyncDisposable
{
    public const string InfluxName = "influxd";
    public const string VictoriaName = "victoria-metrics";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http = new();

    private StoreProcess(string folder, int port, string program, params string[] arguments)
    {
        _folder = folder;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public double CpuSeconds => ProcessUsage.Read(_process.Id).CpuSeconds;

    public static bool IsInstalled(string program) => File.Exists($"/usr/bin/{program}");

    /// <summary>InfluxDB 1.x with the database <c>bench</c>.</summary>
    public static async Task<StoreProcess> StartInfluxAsync()
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("bench-influxd-").FullName, FreePort());
        var configuration = Path.Combine(folder, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
              query-log-enabled = false
              cache-snapshot-write-cold-duration = "1s"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            """));
        var store = new StoreProcess(folder, port, InfluxName, "run", "-config", configuration);
        await store.AcceptsAsync();
        using var answer = await store._http.PostAsync(new Uri(store.Url, "/query"), new FormUrlEncodedContent([new("q", "CREATE DATABASE bench")]));
        answer.EnsureSuccessStatusCode();
        return store;
    }

    public static async Task<StoreProcess> StartVictoriaAsync()
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("bench-victoria-").FullName, FreePort());
        var store = new StoreProcess(
            folder, port, VictoriaName, string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{port}"), $"-storageDataPath={folder}", "-retentionPeriod=1y", "-dedup.minScrapeInterval=1ms", "-loggerLevel=ERROR");
        await store.AcceptsAsync();
        return store;
    }

    /// <summary>Bytes of its files once they no longer change: what it keeps in memory or in a log has been written out then.</summary>
    public async Task<long> SettledBytesAsync()
    {
        using var flushed = await _http.GetAsync(new Uri(Url, "/internal/force_flush"));
        var (bytes, same) = (0L, 0);
        for (var waited = Stopwatch.StartNew(); same < 6 && waited.Elapsed < Deadline;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            var now = BytesOf(_folder);
            (bytes, same) = (now, now == bytes ? same + 1 : 0);
        }

        return bytes;
    }

    public static long BytesOf(string folder)
    {
        var bytes = 0L;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += new FileInfo(file).Length;
            }
            catch (FileNotFoundException)
            {
                // Compacted away while we looked.
            }
        }

        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptsAsync()
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Url.Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < Deadline && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
