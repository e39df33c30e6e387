using System.Diagnostics;
using System.Net;
using Fengsui.Fleet.Faults;
using Fengsui.Fleet.Measuring;
using Fengsui.Fleet.Payloads;
using Fengsui.Fleet.Transport;

namespace Fengsui.Fleet;

/// <summary>
/// Runs a fleet once: connects all, starts them together, sends until the end that the options name, waits for what is
/// unacknowledged, and sums up.
/// </summary>
public sealed class FleetRunner
{
    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly FleetStart _start = new();
    private FleetSender[] _senders = [];

    /// <exception cref="ArgumentException">The options do not <see cref="FleetOptions.Validate"/>.</exception>
    public FleetRunner(FleetOptions options, TimeProvider? time = null)
    {
        var mistakes = options.Validate();
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", mistakes), nameof(options));
        }

        _options = options;
        _time = time ?? TimeProvider.System;
    }

    public FleetOptions Options => _options;

    /// <summary>Time since the start, zero before it.</summary>
    public TimeSpan Elapsed => _start.HasBegun ? Stopwatch.GetElapsedTime(_start.StartTicks) : TimeSpan.Zero;

    /// <summary>The counters of all sender threads up to this moment.</summary>
    public FleetCounters Snapshot()
    {
        var total = new FleetCounters();
        foreach (var sender in _senders)
        {
            total.Add(sender.Context.Counters);
        }

        return total;
    }

    /// <summary>
    /// Runs to the end. Cancelling ends the sending early, then drains as usual; the summary is of what was done.
    /// </summary>
    /// <exception cref="IOException">The server did not accept all connections in time.</exception>
    public async Task<FleetSummary> RunAsync(CancellationToken cancellation = default)
    {
        var server = await ResolveAsync(cancellation).ConfigureAwait(false);
        var clock = new SampleClock(_options.DeviceCount, _options.RateHz, _options.StartMs ?? _time.GetUtcNow().ToUnixTimeMilliseconds());
        var faults = new FaultPlan(_options.Faults, _options.DeviceCount, _options.RateHz, _options.Seed);
        var roster = new DeviceRoster(_options);
        using var acked = _options.AckedLogPath is { } path ? new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read) : null;
        _senders = CreateSenders(server, clock, faults, roster, acked);
        try
        {
            return await RunSendersAsync(clock, faults, roster, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _start.Stop();
            await Task.WhenAll(_senders.Select(sender => sender.Finished)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Array.ForEach(_senders, sender => sender.Context.Readiness.Dispose());
        }
    }

    private async Task<FleetSummary> RunSendersAsync(SampleClock clock, FaultPlan faults, DeviceRoster roster, CancellationToken cancellation)
    {
        foreach (var sender in _senders)
        {
            new Thread(sender.Run) { IsBackground = true, Name = "fleet sender" }.Start();
        }

        await WaitUntilAcceptedAsync(cancellation).ConfigureAwait(false);
        var cpu = CpuTime.Now();
        _start.Begin();
        using (cancellation.Register(_start.Stop))
        {
            await Task.WhenAll(_senders.Select(sender => sender.Finished)).ConfigureAwait(false);
        }

        var used = CpuTime.Now() - cpu;
        if (_options.TruthPath is { } truthPath)
        {
            using var truth = File.Create(truthPath);
            TruthWriter.Write(truth, _options, faults, roster, clock, _senders.SelectMany(sender => sender.Connections));
        }

        return Summarise(clock.StartMs, used);
    }

    private async Task WaitUntilAcceptedAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(_senders.Select(sender => sender.Accepted))
                .WaitAsync(_options.ConnectTimeout, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var connections = _senders.SelectMany(sender => sender.Connections).ToArray();
            var refusal = connections.Select(connection => connection.LastRefusal).FirstOrDefault(code => code != 0);
            var why = refusal == 0 ? "" : $"; the last refusal had reason code 0x{refusal:X2}";
            throw new IOException(
                $"{_options.Host}:{_options.Port} accepted {Snapshot().Connected} of {connections.Length} connections in {_options.ConnectTimeout.TotalSeconds:0} s{why}");
        }
    }

    private async Task<EndPoint> ResolveAsync(CancellationToken cancellation)
    {
        if (IPAddress.TryParse(_options.Host, out var address))
        {
            return new IPEndPoint(address, _options.Port);
        }

        var addresses = await Dns.GetHostAddressesAsync(_options.Host, cancellation).ConfigureAwait(false);
        return new IPEndPoint(addresses[0], _options.Port);
    }

    private FleetSender[] CreateSenders(EndPoint server, SampleClock clock, FaultPlan faults, DeviceRoster roster, Stream? acked)
    {
        var threads = Math.Min(_options.Threads, _options.Connections);
        var senders = new FleetSender[threads];
        var ackedLock = new Lock();
        for (var i = 0; i < threads; i++)
        {
            var thread = i;
            var context = new SenderContext(_options, server, _start)
            {
                Composer = new MessageComposer(_options, roster, faults, clock),
                Clock = clock,
                Readiness = Readiness.Create(),
                AckedLog = acked is null ? null : new AckedLogWriter(
                    acked, ackedLock, new MessageComposer(_options, roster, faults, clock), roster, _options.Form != PayloadForm.Flat),
            };
            senders[i] = new FleetSender(context, Enumerable.Range(0, _options.Connections).Where(number => number % threads == thread));
        }

        return senders;
    }

    private FleetSummary Summarise(long startMs, CpuTime used)
    {
        var total = Snapshot();
        var end = _senders.Max(sender => sender.EndTicks);
        var elapsed = (end - _start.StartTicks) / (double)Stopwatch.Frequency;
        var connections = _senders.SelectMany(sender => sender.Connections).ToArray();
        var messages = connections.Sum(connection => connection.Batcher.Sent);
        return new FleetSummary
        {
            Devices = _options.DeviceCount,
            ConnectionCount = connections.Length,
            Qos = _options.Qos,
            ElapsedSeconds = elapsed,
            Messages = messages,
            Readings = total.Readings,
            Bytes = total.BytesSent,
            Writes = total.Writes,
            Acked = total.Acked,
            Refused = total.Refused,
            Resent = total.Resent,
            Garbage = total.Garbage,
            Unacknowledged = connections.Sum(connection => (long)connection.Unacknowledged),
            Disconnects = total.Disconnects,
            ConnectFailures = total.ConnectFailures,
            StrayAcks = total.StrayAcks,
            MessagesPerSecond = messages / elapsed,
            ReadingsPerSecond = total.Readings / elapsed,
            LatencyP50 = total.Latency.Percentile(50),
            LatencyP90 = total.Latency.Percentile(90),
            LatencyP99 = total.Latency.Percentile(99),
            LatencyP999 = total.Latency.Percentile(99.9),
            LatencyMax = total.Latency.MaxMicroseconds,
            LatenessP50 = total.Lateness.Percentile(50),
            LatenessP99 = total.Lateness.Percentile(99),
            LatenessMax = total.Lateness.MaxMicroseconds,
            CpuUserSeconds = used.User.TotalSeconds,
            CpuKernelSeconds = used.Kernel.TotalSeconds,
            StartMs = startMs,
            Connections = [.. connections.Select(connection => new FleetConnectionSummary(
                connection.ClientId, connection.Batcher.Sent, connection.Acked, connection.Unacknowledged, connection.Reconnects))],
        };
    }
}
