using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fengsui.Support.Processes;

/// <summary>A server of the system, started on loopback by a test and stopped by its own process.</summary>
public sealed class LoopbackProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly int _port;
    private Process? _process;

    /// <param name="port">Where it listens once it is up.</param>
    public LoopbackProcess(string program, int port, params string[] arguments)
    {
        _program = program;
        _port = port;
        _arguments = arguments;
    }

    /// <summary>Starts it (again) and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Programs.Find(_program)!, _arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var waited = Stopwatch.StartNew();
        while (!await AcceptsAsync())
        {
            if (waited.Elapsed > StartDeadline || _process.HasExited)
            {
                throw new InvalidOperationException($"{_program} did not start");
            }

            await Task.Delay(PollInterval);
        }
    }

    /// <summary>SIGSTOP: it keeps its connections and answers nothing.</summary>
    public void Suspend() => _ = Signal(_process!.Id, 19);

    /// <summary>SIGCONT.</summary>
    public void Resume() => _ = Signal(_process!.Id, 18);

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    /// <summary>A port that is free now, below those that systems draw for outgoing connections.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(18_000, 31_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by somebody: draw again.
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private async Task<bool> AcceptsAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
