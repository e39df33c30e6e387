using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fengsui.Support.Processes;

/// <summary>A mosquitto of the system on a free loopback port, stopped by its own process.</summary>
public sealed class MosquittoServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly string _configuration;
    private Process? _process;

    private MosquittoServer(int port)
    {
        Port = port;
        _configuration = Path.Combine(Path.GetTempPath(), $"mosquitto-{Guid.NewGuid():N}.conf");
        File.WriteAllText(_configuration, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\nmax_queued_messages 0\n");
    }

    public int Port { get; }

    public static async Task<MosquittoServer> StartAsync()
    {
        var server = new MosquittoServer(FreePort());
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it (again) and waits until it listens.</summary>
    public async Task RestartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto")!, ["-c", _configuration]) { RedirectStandardError = true })!;
        var deadline = Stopwatch.StartNew();
        while (!await AcceptsAsync())
        {
            if (deadline.Elapsed > StartDeadline || _process.HasExited)
            {
                throw new InvalidOperationException("mosquitto did not start");
            }

            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Kills it without a farewell.</summary>
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
        File.Delete(_configuration);
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AcceptsAsync()
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
