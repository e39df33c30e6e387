using System.Buffers;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Modbus.Codec;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Modbus.Polling;

/// <summary>
/// The polling of one connection: what is sent when, whose answer is whose, what becomes of silence. No socket, no clock and no thread of its
/// own: it is told the time and given bytes, one call at a time. It outlives the connection: units and their schedule stay as they are.
/// </summary>
internal sealed class PollSession
{
    /// <summary>A peer from which so many requests in a row had no answer is gone, though the connection stands.</summary>
    private const int MaxSilence = 3;

    /// <summary>A peer that sends so many frames in a row that nobody asked for is not listened to any longer.</summary>
    private const int MaxUnexpected = 64;

    private readonly IReadOnlyList<ModbusUnit> _units;
    private readonly IFraming _framing;
    private readonly PollOptions _options;
    private readonly IPollOutcome _outcome;
    private readonly SourceConnection _report;
    private readonly PollSchedule _schedule;
    private readonly InFlight _inFlight;
    private readonly byte[] _scratch;
    private ushort _transaction;
    private long _silentUntil;
    private int _silence;
    private int _unexpected;

    /// <param name="units">Who is polled.</param>
    /// <param name="framing">How.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="outcome">Takes what is found out.</param>
    /// <param name="report">Takes the counts.</param>
    /// <param name="now">Ticks of the clock that every later call is told the time of.</param>
    /// <param name="seed">See <see cref="PollSchedule.SpreadPhases"/>.</param>
    public PollSession(
        IReadOnlyList<ModbusUnit> units, IFraming framing, PollOptions options, IPollOutcome outcome, SourceConnection report, long now, uint seed)
    {
        _units = units;
        _framing = framing;
        _options = options;
        _outcome = outcome;
        _report = report;
        _schedule = new PollSchedule(report);
        _inFlight = new InFlight(options.MaxInFlight);
        _scratch = new byte[framing.MaxFrameBytes];
        PollSchedule.SpreadPhases(units.SelectMany(unit => unit.Tasks), now, seed);
        foreach (var task in units.SelectMany(unit => unit.Tasks))
        {
            _schedule.Reschedule(task, now, wasWanted: false);
        }
    }

    /// <summary>Why the connection must not be used any longer; null while it may.</summary>
    public string? Fault { get; private set; }

    /// <summary>Answers since <see cref="Connected"/>.</summary>
    public long Answers { get; private set; }

    /// <summary>Whether <see cref="Advance"/> has something to send.</summary>
    public bool CanSend => Fault is null && _schedule.HasReady && !_inFlight.IsFull;

    /// <summary>When <see cref="Advance"/> must be called, at the latest; ticks. An answer may bring it forward.</summary>
    public long NextTurn => CanSend ? _silentUntil : Math.Min(_schedule.NextDue, _inFlight.NextDeadline);

    private bool NamesRequests => _framing.HasTransactions && _options.MatchesTransactions;

    public void Connected()
    {
        Fault = null;
        Answers = 0;
        _silence = 0;
        _unexpected = 0;
    }

    /// <summary>The connection has ended. What had no answer counts as failed once, and is sent again when there is another.</summary>
    public void Disconnected(long now)
    {
        while (_inFlight.Count > 0)
        {
            Retry(_inFlight.Take(0), now, new PollFailure(PollFailureKind.NoConnection));
        }
    }

    /// <summary>There is no connection: nothing can be read.</summary>
    public void Lost()
    {
        foreach (var unit in _units)
        {
            foreach (var task in unit.Tasks)
            {
                _outcome.Failed(task, new PollFailure(PollFailureKind.NoConnection));
            }
        }
    }

    /// <summary>Gives up what has waited too long, and sends what is due.</summary>
    public void Advance(long now, IBufferWriter<byte> output)
    {
        for (var expired = _inFlight.IndexOfExpired(now); expired >= 0 && Fault is null; expired = _inFlight.IndexOfExpired(now))
        {
            Expire(_inFlight.Take(expired), now);
        }

        _schedule.Advance(now);
        while (CanSend && now >= _silentUntil && _schedule.TryTake(out var task))
        {
            if (task.Unit.Admits(task, now))
            {
                Send(task, now, output);
            }
            else
            {
                _schedule.Reschedule(task, Math.Max(now, task.Unit.RestsUntil), wasWanted: false);
            }
        }
    }

    /// <summary>Takes every whole frame off <paramref name="input"/>.</summary>
    public void Receive(ref ReadOnlySequence<byte> input, long now)
    {
        while (Fault is null && !input.IsEmpty)
        {
            switch (_framing.TryRead(ref input, _scratch, out var answer))
            {
                case FrameStatus.NeedMore:
                    return;
                case FrameStatus.Frame:
                    _report.Heard(answer.Frame.Length);
                    Take(answer, now);
                    break;
                case FrameStatus.WrongChecksum:
                    Refuse(RejectReason.ChecksumMismatch, First(input), "a frame's checksum does not match");
                    break;
                default:
                    Refuse(RejectReason.MalformedFrame, First(input), "what was sent is not a Modbus frame");
                    break;
            }
        }
    }

    private ReadOnlySpan<byte> First(in ReadOnlySequence<byte> input)
    {
        var length = (int)Math.Min(input.Length, _scratch.Length);
        input.Slice(0, length).CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }

    private void Send(PollTask task, long now, IBufferWriter<byte> output)
    {
        do
        {
            _transaction++;
        }
        while (_inFlight.Contains(_transaction));
        var request = task.Read.For(task.Unit.Id);
        _report.Sent(_framing.Write(output, _transaction, request));
        _inFlight.Add(task, _transaction, request, now + _options.Timeout.Ticks);
    }

    private void Take(in Answer answer, long now)
    {
        var index = NamesRequests ? _inFlight.IndexOf(answer.Transaction) : _inFlight.Count - 1;
        if (index < 0)
        {
            Unexpected(answer);
            return;
        }

        _silentUntil = now + _options.Pause.Ticks;
        switch (answer.Judge(_inFlight.RequestAt(index), out var exception, out var data))
        {
            case AnswerVerdict.Data:
                Good(_inFlight.Take(index), data, now);
                break;
            case AnswerVerdict.Exception:
                Heard();
                Excepted(_inFlight.Take(index), exception, now);
                break;
            default:
                Refuse(RejectReason.MalformedFrame, answer.Frame, $"an answer does not fit its request ({_inFlight.RequestAt(index)})");
                break;
        }
    }

    /// <summary>An answer that came too late, or one that nobody asked for. Where answers name their requests it cannot be taken for another's.</summary>
    private void Unexpected(in Answer answer)
    {
        if (!NamesRequests || ++_unexpected > MaxUnexpected)
        {
            Refuse(RejectReason.UnknownMessage, answer.Frame, "an answer came that nobody waits for");
            return;
        }

        _report.Reject(RejectReason.UnknownMessage);
    }

    private void Good(PollTask task, ReadOnlySpan<byte> data, long now)
    {
        Heard();
        task.Unit.Answered();
        _outcome.Answered(task, data);
        _schedule.Reschedule(task, now, wasWanted: true);
    }

    private void Heard()
    {
        Answers++;
        _silence = 0;
        _unexpected = 0;
    }

    private void Excepted(PollTask task, ExceptionCode exception, long now)
    {
        _report.Excepted();
        var why = new PollFailure(PollFailureKind.Exception, exception);
        if (exception.IsUnreachable())
        {
            Retry(task, now, why);
            return;
        }

        task.Unit.Answered();
        if (exception.IsOfTheRange() && RequestHalves(task))
        {
            return;
        }

        if (exception.IsBusy() && task.Attempts++ < _options.Retries)
        {
            _schedule.Again(task, now + _options.BusyDelay.Ticks);
            return;
        }

        _outcome.Failed(task, why);
        _schedule.Reschedule(task, now, wasWanted: true);
    }

    /// <summary>One register that does not exist must not cost its neighbours their values: each half is asked for on its own from now on.</summary>
    private bool RequestHalves(PollTask task)
    {
        if (Registers.RequestPlanner.Halve(task.Read) is not { } halves)
        {
            return false;
        }

        task.Unit.Tasks.Remove(task);
        foreach (var part in (ReadOnlySpan<PollTask>)[task.With(halves.Low), task.With(halves.High)])
        {
            task.Unit.Tasks.Add(part);
            _schedule.Ready(part);
        }

        return true;
    }

    private void Expire(PollTask task, long now)
    {
        _report.TimedOut();
        _silentUntil = now + _options.Pause.Ticks;
        Retry(task, now, new PollFailure(PollFailureKind.Timeout));
        if (!NamesRequests)
        {
            // A late answer could not be told from that to the next request.
            Fault = $"no answer in time from unit {task.Unit.Id}";
        }
        else if (++_silence >= MaxSilence)
        {
            Fault = "nothing answers";
        }
    }

    /// <summary>Asks once more, or leaves the unit alone for a while.</summary>
    private void Retry(PollTask task, long now, PollFailure why)
    {
        var unit = task.Unit;
        if (!unit.IsResting && task.Attempts++ < _options.Retries)
        {
            _schedule.Ready(task);
            return;
        }

        _outcome.Failed(task, why);
        if (!unit.IsResting || unit.Probe == task)
        {
            // Not for a request that was under way when the rest began: one silence is one failure.
            unit.Rest(now, _options);
            FailOthers(task);
        }

        _schedule.Reschedule(task, unit.RestsUntil, wasWanted: false);
    }

    private void FailOthers(PollTask task)
    {
        foreach (var other in task.Unit.Tasks)
        {
            if (other != task)
            {
                _outcome.Failed(other, new PollFailure(PollFailureKind.UnitSilent));
            }
        }
    }

    private void Refuse(RejectReason reason, ReadOnlySpan<byte> frame, string fault)
    {
        _outcome.Refused(reason, frame);
        Fault = fault;
    }
}
