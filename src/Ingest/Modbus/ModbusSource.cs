using System.Net.Sockets;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Modbus.Serial;
using Fengsui.Ingest.Sources;
using Microsoft.Extensions.Logging;

namespace Fengsui.Ingest.Modbus;

/// <summary>
/// Polls the slaves behind one address: connects, polls until the connection fails or cannot be trusted any longer, and connects again.
/// While there is no connection the values are of bad quality.
/// </summary>
internal sealed partial class ModbusSource(ModbusDefinition definition, SourceContext context) : ISource
{
    /// <summary>
    /// Between the end of a connection that worked and the next: answers that are still on a serial line behind the gateway come to nobody, and a
    /// peer that breaks each connection after one answer is not dialled in circles.
    /// </summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly ILogger _logger = context.Logger("Modbus");
    private string _lastFault = "";
    private bool _isSaidConnected;

    /// <summary>Connections in a row that ended without a single answer. One may have met units that are silent, and say nothing of the others.</summary>
    private int _withoutAnswer;

    public async Task RunAsync(CancellationToken stopping)
    {
        var report = context.Book.Add(ModbusDefinition.ProtocolName, definition.Name, definition.Peer);
        using var intake = context.OpenIntake(ModbusDefinition.ProtocolName, definition.Name, stopping);
        try
        {
            await PollAsync(new ModbusLine(definition, intake, report, context.Time), report, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop.
        }
        finally
        {
            context.Book.Remove(report);
        }
    }

    private async Task PollAsync(ModbusLine line, SourceConnection report, CancellationToken stopping)
    {
        var backoff = new Backoff(definition.Polling.Backoff, definition.Polling.MaxBackoff, context.Time);
        while (true)
        {
            report.Enter(SourceState.Connecting);
            var fault = await ConnectAndServeAsync(line, report, stopping).ConfigureAwait(false);
            stopping.ThrowIfCancellationRequested();
            Failed(report, fault);
            report.Enter(SourceState.BackingOff);
            if (line.WasUseful)
            {
                _withoutAnswer = 0;
                backoff.Reset();
                await Task.Delay(Settle, context.Time, stopping).ConfigureAwait(false);
                continue;
            }

            _isSaidConnected = false;
            if (!line.WasConnected || ++_withoutAnswer > 1)
            {
                await line.LostAsync().ConfigureAwait(false);
            }

            await backoff.WaitAsync(stopping).ConfigureAwait(false);
        }
    }

    /// <summary>The same again and again is counted, and said once.</summary>
    private void Failed(SourceConnection report, string fault)
    {
        if (fault != _lastFault)
        {
            _lastFault = fault;
            Failed(_logger, definition.Name, fault);
        }

        report.Fail(fault);
    }

    private void Connected()
    {
        if (!_isSaidConnected)
        {
            (_isSaidConnected, _lastFault) = (true, "");
            Connected(_logger, definition.Name, definition.Peer);
        }
    }

    /// <summary>One connection from beginning to end.</summary>
    /// <returns>Why it ended.</returns>
    private async Task<string> ConnectAndServeAsync(ModbusLine line, SourceConnection report, CancellationToken stopping)
    {
        line.Connecting();
        try
        {
            var stream = definition.Serial is { } port ? SerialPort.Open(port) : await ConnectAsync(stopping).ConfigureAwait(false);
            report.Enter(SourceState.Connected);
            Connected();
            return await line.ServeAsync(stream, stopping).ConfigureAwait(false);
        }
        catch (Exception end) when (end is SocketException or IOException)
        {
            return end.Message;
        }
        catch (OperationCanceledException)
        {
            return $"no connection within {definition.ConnectTimeout.TotalSeconds:0.###} s";
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken stopping)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            deadline.CancelAfter(definition.ConnectTimeout);
            await socket.ConnectAsync(definition.Host, definition.Port, deadline.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static IFraming FramingOf(ModbusDefinition definition) => definition.IsSerial ? new RtuFraming() : new TcpFraming();

    [LoggerMessage(1, LogLevel.Information, "Modbus {Source} is connected to {Peer}")]
    private static partial void Connected(ILogger logger, string source, string peer);

    [LoggerMessage(2, LogLevel.Warning, "Modbus {Source}: {Fault}")]
    private static partial void Failed(ILogger logger, string source, string fault);
}
