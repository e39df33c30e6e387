using System.Buffers;
using System.IO.Pipelines;
using Fengsui.Ingest.Modbus.Polling;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Modbus;

/// <summary>
/// Carries a <see cref="PollSession"/> over connections. One loop sends by the schedule, one receives; they meet in the session, under a lock
/// that is held for as long as one answer takes to decode.
/// </summary>
internal sealed class ModbusLine
{
    /// <summary>A whole answer of each request in flight is far below; a peer that sends more is read piece by piece.</summary>
    private const int ReadBytes = 4 * 1024;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly SampleIntake _intake;
    private readonly IntakeOutcome _outcome;
    private readonly CommitCount _commits;
    private readonly PollSession _session;
    private readonly long _started;

    /// <summary>When the sender looks again; ticks.</summary>
    private long _turn;

    public ModbusLine(ModbusDefinition definition, SampleIntake intake, SourceConnection report, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _intake = intake;
        _outcome = new IntakeOutcome(definition.Name, intake, report);
        _commits = new CommitCount(intake, report);
        var units = definition.Units.Select(unit => new ModbusUnit(unit.Id, unit.Device, unit.Map)).ToArray();
        var seed = HashOf(definition.Name);
        _session = new PollSession(units, ModbusSource.FramingOf(definition), definition.Polling, _outcome, report, Now(), seed);
    }

    /// <summary>Whether the last connection was of use: the next may follow at once.</summary>
    public bool WasUseful => WasConnected && (_session.Answers > 0 || _session.EndedBySilentUnit);

    /// <summary>Whether the last attempt at a connection became one.</summary>
    public bool WasConnected { get; private set; }

    public void Connecting()
    {
        WasConnected = false;
        _session.Connected();
    }

    /// <summary>Polls over one connection until it ends, or can no longer be trusted.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> ServeAsync(Stream stream, CancellationToken stopping)
    {
        WasConnected = true;
        await using var owned = stream.ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = new WakeTimer(_time);
        using var waking = ending.Token.UnsafeRegister(static timer => ((WakeTimer)timer!).Wake(), timer);
        var sending = SendAsync(stream, timer, ending);
        var end = await ReceiveAsync(stream, timer, ending).ConfigureAwait(false);
        var fault = await sending.ConfigureAwait(false);
        lock (_lock)
        {
            Hear();
            _session.Disconnected(Now());
        }

        await AppendAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        return _session.Fault ?? fault ?? end;
    }

    /// <summary>There is no connection: what is known of the values holds no longer.</summary>
    public ValueTask LostAsync()
    {
        lock (_lock)
        {
            Hear();
            _session.Lost();
        }

        return AppendAsync();
    }

    private async Task<string?> SendAsync(Stream stream, WakeTimer timer, CancellationTokenSource ending)
    {
        var output = new ArrayBufferWriter<byte>(256);
        try
        {
            while (!ending.IsCancellationRequested)
            {
                var next = Advance(output);
                if (output.WrittenCount > 0)
                {
                    await stream.WriteAsync(output.WrittenMemory, ending.Token).ConfigureAwait(false);
                    output.ResetWrittenCount();
                }

                await AppendAsync().ConfigureAwait(false);
                if (_session.Fault is not null)
                {
                    return null;
                }

                await timer.WaitAsync(TimeSpan.FromTicks(next - Now())).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return end is IOException ? end.Message : null;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<string> ReceiveAsync(Stream stream, WakeTimer timer, CancellationTokenSource ending)
    {
        var input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(ending.Token).ConfigureAwait(false);
                var rest = Receive(read.Buffer, out var sooner);
                input.AdvanceTo(rest, read.Buffer.End);
                await AppendAsync().ConfigureAwait(false);
                if (read.IsCompleted || _session.Fault is not null)
                {
                    return "the peer closed the connection";
                }

                if (sooner is { } turn)
                {
                    timer.Shorten(TimeSpan.FromTicks(turn - Now()));
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return end is IOException ? end.Message : "";
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private long Advance(ArrayBufferWriter<byte> output)
    {
        lock (_lock)
        {
            Hear();
            _session.Advance(Now(), output);
            return _turn = _session.NextTurn;
        }
    }

    /// <param name="input">What came.</param>
    /// <param name="sooner">When the sender's turn comes, if that is sooner than it knows.</param>
    private SequencePosition Receive(ReadOnlySequence<byte> input, out long? sooner)
    {
        lock (_lock)
        {
            Hear();
            _session.Receive(ref input, Now());
            var turn = _session.NextTurn;
            sooner = turn < _turn ? turn : null;
            _turn = Math.Min(_turn, turn);
            return input.Start;
        }
    }

    private ValueTask AppendAsync()
    {
        lock (_lock)
        {
            if (_commits.TryAppend())
            {
                return ValueTask.CompletedTask;
            }
        }

        return WaitAndAppendAsync();
    }

    /// <summary>The journal has no room: neither loop goes on, so that nothing is staged that cannot be written.</summary>
    private async ValueTask WaitAndAppendAsync()
    {
        while (true)
        {
            await _intake.WaitForRoomAsync().ConfigureAwait(false);
            lock (_lock)
            {
                if (_commits.TryAppend())
                {
                    return;
                }
            }
        }
    }

    private void Hear() => _outcome.HeardMs = _intake.NowMs;

    private long Now() => _time.GetElapsedTime(_started).Ticks;

    private static uint HashOf(string name) => name.Aggregate(2_166_136_261u, static (hash, character) => (hash ^ character) * 16_777_619);
}
