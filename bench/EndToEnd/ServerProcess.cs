using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Fengsui.Bench.EndToEnd;

/// <summary>A server under test: its own process, on loopback ports, with its own throw-away folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    public const string FengsuiName = "fengsui";
    public const string MosquittoName = "mosquitto";
    private const int KeptLines = 40;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);
    private static readonly string[] ServerFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin"];

    private readonly Process _process;
    private readonly string _folder;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource<(int Mqtt, int Http)> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string name, string folder, string program, IEnumerable<string> arguments)
    {
        Name = name;
        _folder = folder;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Port { get; private set; }

    /// <summary>0 where there is no HTTP.</summary>
    public int HttpPort { get; private set; }

    /// <summary>Its data.</summary>
    public string Folder => _folder;

    public ProcessUsage Usage => ProcessUsage.Read(_process.Id);

    public void ResetPeak() => ProcessUsage.ResetPeak(_process.Id);

    /// <summary>The system's mosquitto, plain: anonymous, nothing persisted, no delay of small packets.</summary>
    public static async Task<ServerProcess> StartMosquittoAsync()
    {
        var program = ServerFolders.Select(folder => Path.Combine(folder, MosquittoName)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("mosquitto is not installed");
        var folder = Directory.CreateTempSubdirectory("bench-mosquitto-").FullName;
        var port = FreePort();
        var configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            configuration, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nlog_dest none\n");
        var server = new ServerProcess(MosquittoName, folder, program, ["-c", configuration]) { Port = port };
        await server.WaitUntilAcceptingAsync();
        return server;
    }

    /// <summary>The real program with all its work: decoding, journal with fsync, rules, history.</summary>
    public static Task<ServerProcess> StartFengsuiAsync(BenchOptions options) =>
        StartFengsuiAsync(options.ServerPath!, options.ConfigDirectory);

    /// <param name="path">The built program.</param>
    /// <param name="configDirectory">Its configuration; null for its embedded defaults.</param>
    /// <param name="core">The one processor that it may use; null for all.</param>
    public static Task<ServerProcess> StartFengsuiAsync(string path, string? configDirectory, int? core = null) =>
        StartFengsuiAsync(path, configDirectory, core, Directory.CreateTempSubdirectory("bench-fengsui-").FullName, 0, 0);

    private static async Task<ServerProcess> StartFengsuiAsync(string path, string? configDirectory, int? core, string folder, int mqttPort, int httpPort)
    {
        List<string> arguments = path.EndsWith(".dll", StringComparison.Ordinal) ? [path] : [];
        arguments.AddRange(["serve", "--data", folder, "--mqtt-port", $"{mqttPort}", "--http-port", $"{httpPort}"]);
        if (configDirectory is { } config)
        {
            arguments.AddRange(["--config", config]);
        }

        var program = arguments[0] == path ? "dotnet" : path;
        if (core is { } number)
        {
            arguments.InsertRange(0, ["-c", number.ToString(CultureInfo.InvariantCulture), program]);
            program = "taskset";
        }

        var server = new ServerProcess(FengsuiName, folder, program, arguments);
        try
        {
            (server.Port, server.HttpPort) = await server._listening.Task.WaitAsync(StartDeadline);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server said last, for when it misbehaves.</summary>
    public string LastLines()
    {
        lock (_lastLines)
        {
            return string.Join('\n', _lastLines);
        }
    }

    /// <summary>SIGKILL, and starts again on the same ports with the same data.</summary>
    public async Task<ServerProcess> KillAndStartAgainAsync(string path, string? configDirectory)
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(StopDeadline);
        _process.Dispose();
        return await StartFengsuiAsync(path, configDirectory, null, _folder, Port, HttpPort);
    }

    /// <summary>SIGTERM, and waits until everything is written and it has ended.</summary>
    public async Task StopAsync()
    {
        _ = Signal(_process.Id, 15);
        await _process.WaitForExitAsync().WaitAsync(StopDeadline);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(StopDeadline);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"listening mqtt=[^:\s]+:(\d+)\s+http=[^:\s]+:(\d+)")]
    private static partial Regex Listening();

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            if (_process.HasExited)
            {
                _listening.TrySetException(new InvalidOperationException($"{Name} ended:\n{LastLines()}"));
            }

            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult((int.Parse(match.Groups[1].ValueSpan), int.Parse(match.Groups[2].ValueSpan)));
        }
    }

    private async Task WaitUntilAcceptingAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < StartDeadline && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
