using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fengsui.Modbus.Faults;
using Fengsui.Modbus.Measuring;
using Fengsui.Modbus.Wire;

namespace Fengsui.Modbus;

/// <summary>Simulated slaves on one or many ports. Speaks only the wire.</summary>
public sealed class Farm : IAsyncDisposable
{
    private readonly List<Socket> _listeners = [];
    private readonly ConcurrentDictionary<Socket, Task> _serving = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _accepting = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly long _startMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Listens on all its ports at once.</summary>
    /// <exception cref="SocketException">A port is taken.</exception>
    public Farm(FarmOptions options)
    {
        Options = options;
        Faults = new FarmFaultPlan(options);
        Meter = new RequestMeter(options.Period, options.WarmUp);
        for (var port = 0; port < options.Ports; port++)
        {
            var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _listeners.Add(listener);
            listener.Bind(new IPEndPoint(IPAddress.Parse(options.Host), options.Port == 0 ? 0 : options.Port + port));
            listener.Listen();
        }

        _accepting.AddRange(_listeners.Select((listener, port) => AcceptAsync(listener, port)));
    }

    public FarmOptions Options { get; }

    /// <summary>The ports that it listens on, in order.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(listener => ((IPEndPoint)listener.LocalEndPoint!).Port)];

    /// <summary>Open connections.</summary>
    public int Connections => _serving.Count;

    internal FarmFaultPlan Faults { get; }

    internal RequestMeter Meter { get; }

    internal long ElapsedMs => (long)Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    public FarmSummary Summary() => new(
        Options.Slaves, ElapsedMs / 1_000.0, Meter.Requests, Meter.Misbehaviours, Meter.UnknownUnits,
        Meter.JitterMs(0.5), Meter.JitterMs(0.99), Meter.JitterMs(1), Meter.DriftMs());

    /// <summary>Writes what was truly injected until now.</summary>
    public void WriteTruth(TextWriter truth) => Faults.WriteTruth(truth, _startMs, ElapsedMs);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listeners.ForEach(listener => listener.Dispose());
        await Task.WhenAll(_accepting.Concat(_serving.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Socket listener, int port)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var master = await listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                master.NoDelay = true;
                _serving[master] = ServeAsync(master, port);
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A connection that was gone before it was taken, or the end of the farm.
            }
        }
    }

    private async Task ServeAsync(Socket master, int port)
    {
        // First on the list, then at work.
        await Task.Yield();
        try
        {
            await new FarmConnection(this, master, port).ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The master went, or the farm ends.
        }
        finally
        {
            master.Dispose();
            _serving.TryRemove(master, out _);
        }
    }
}
