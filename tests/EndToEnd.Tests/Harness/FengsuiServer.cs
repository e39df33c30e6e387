using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>
/// The real server in a process of its own, on loopback, with a copy of the shipped configuration and a data directory
/// that outlives the process: it can be killed and started again on the same ports and data. Its log goes to the test's output.
/// </summary>
internal sealed class FengsuiServer : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int ShownLogLines = 300;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly ServerSetup _setup;
    private readonly ITestOutputHelper _output;
    private readonly TestDirectory _directory = new();
    private readonly StringBuilder _log = new();
    private readonly int _mqttPort = LoopbackPorts.Take();
    private readonly int _httpPort = LoopbackPorts.Take();
    private Process? _process;
    private TaskCompletionSource<string> _listening = null!;

    private FengsuiServer(ServerSetup setup, ITestOutputHelper output)
    {
        _setup = setup;
        _output = output;
        if (!setup.WithoutConfiguration)
        {
            TestDirectory.Copy(FengsuiProgram.ShippedConfiguration, ConfigDirectory);
        }

        foreach (var (path, text) in setup.Files)
        {
            WriteConfiguration(path, text);
        }

        Api = new ApiClient(new Uri($"http://127.0.0.1:{_httpPort}"));
    }

    public string ConfigDirectory => _directory["config"];

    public string DataDirectory => _setup.DataDirectory ?? _directory["data"];

    public string WorkingDirectory => _directory.Path;

    public int MqttPort => _mqttPort;

    public string MqttPortText => _mqttPort.ToString(CultureInfo.InvariantCulture);

    public int MqttsPort { get; private set; }

    public EndPoint MqttEndPoint => new IPEndPoint(IPAddress.Loopback, _mqttPort);

    public ApiClient Api { get; }

    public int ProcessId => _process!.Id;

    public bool HasExited => _process is null || _process.HasExited;

    /// <summary>What the server has logged, over all its lives.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static Task<FengsuiServer> StartAsync(ITestOutputHelper output, params string[] settings) =>
        StartAsync(output, ServerSetup.Default.With(settings));

    public static async Task<FengsuiServer> StartAsync(ITestOutputHelper output, ServerSetup setup)
    {
        var server = new FengsuiServer(setup, output);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public void WriteConfiguration(string path, string text)
    {
        var file = Path.Combine(ConfigDirectory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Starts (again) on the same ports and data, and waits until connections are admitted.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ListeningAsync();
    }

    /// <summary>Starts without waiting.</summary>
    public void Launch()
    {
        AssertGone();
        var listening = _listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = _process = Process.Start(FengsuiProgram.Start(Arguments(), WorkingDirectory, _setup.MaxOpenFiles))!;
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => OnOutput(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("the server ended before it listened:\n" + Log));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Completes when connections are admitted; fails when the process ends before that.</summary>
    public async Task ListeningAsync()
    {
        var line = await _listening.Task.WaitAsync(StartDeadline);
        MqttsPort = line.Split(' ').Where(part => part.StartsWith("mqtts=", StringComparison.Ordinal))
            .Select(part => IPEndPoint.Parse(part["mqtts=".Length..]).Port).FirstOrDefault();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        Append("--- killed ---");
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        _ = Signal(_process!.Id, Sigterm);
        await _process.WaitForExitAsync().WaitAsync(StartDeadline);
        Append($"--- ended with {_process.ExitCode} ---");
        return _process.ExitCode;
    }

    /// <summary>Resident memory of the process, in bytes.</summary>
    public long ResidentBytes()
    {
        _process!.Refresh();
        return _process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Api.Dispose();
        _output.WriteLine(string.Join('\n', Log.Split('\n').Where(line => !line.Contains(" Alert ", StringComparison.Ordinal)).TakeLast(ShownLogLines)));
        _directory.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private string[] Arguments()
    {
        List<string> arguments = ["serve", "--data", DataDirectory, "--mqtt-port", MqttPortText, "--mqtts-port", "0"];
        arguments.AddRange(["--http-port", _httpPort.ToString(CultureInfo.InvariantCulture)]);
        if (!_setup.WithoutConfiguration)
        {
            arguments.AddRange(["--config", ConfigDirectory]);
        }

        // Tests count what they sent; the one about the canary turns it on.
        foreach (var setting in _setup.Settings.Prepend("canary.enabled=false"))
        {
            arguments.AddRange(["--set", setting]);
        }

        return [.. arguments];
    }

    private void OnOutput(string? line, TaskCompletionSource<string> listening)
    {
        Append(line);
        if (line is not null && line.StartsWith("listening ", StringComparison.Ordinal))
        {
            listening.TrySetResult(line);
        }
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }

    private void AssertGone()
    {
        if (_process is { HasExited: false })
        {
            throw new InvalidOperationException("the server still runs");
        }

        _process?.Dispose();
    }
}
