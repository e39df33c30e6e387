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
    /// <summary>
    /// A peer that left so many requests in a row without an answer is gone, though the connection stands. Probes of units that were silent
    /// before do not count, or they would cost those their connection that answer, but seldom; unless nobody else is left.
    /// </summary>
    private const int MaxSilence = 3;

    /// <summary>A peer that sends so many frames in a row that nobody asked for is not listened to any longer.</summary>
    private const int MaxUnexpected = 64;

    private readonly IReadOnlyList<ModbusUnit> _units;
    private readonly IFraming _framing;
    private readonly PollOptions _options;
    private readonly IPollOutcome _outcome;
    private readonly SourceConnection _report;
    private readonly PollSchedule _schedule;
    private readonly RequestFate _fate;
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
        _fate = new RequestFate(_schedule, options, outcome);
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

    /// <summary>Whether one unit's silence alone made the connection useless: its peer may be in good health.</summary>
    public bool EndedBySilentUnit { get; private set; }

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
        EndedBySilentUnit = false;
        Answers = 0;
        _silence = 0;
        _unexpected = 0;
    }

    /// <summary>The connection has ended. What had no answer counts as failed once, and is sent again when there is another.</summary>
    public void Disconnected(long now)
    {
        while (_inFlight.Count > 0)
        {
            _fate.Missed(_inFlight.Take(0), now, new PollFailure(PollFailureKind.NoConnection));
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
                Heard();
                _fate.Answered(_inFlight.Take(index), data, now);
                break;
            case AnswerVerdict.Exception:
                Heard();
                _report.Excepted();
                _fate.Excepted(_inFlight.Take(index), exception, now);
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

    private void Heard()
    {
        Answers++;
        _silence = 0;
        _unexpected = 0;
    }

    private void Expire(PollTask task, long now)
    {
        _report.TimedOut();
        _silentUntil = now + _options.Pause.Ticks;
        _silence += !task.Unit.IsResting || _units.All(unit => unit.IsResting) ? 1 : 0;
        _fate.Missed(task, now, new PollFailure(PollFailureKind.Timeout));
        if (!NamesRequests)
        {
            // A late answer could not be told from that to the next request.
            Fault = $"no answer in time from unit {task.Unit.Id}";
            EndedBySilentUnit = true;
        }
        else if (_silence >= MaxSilence)
        {
            Fault = "nothing answers";
        }
    }

    private void Refuse(RejectReason reason, ReadOnlySpan<byte> frame, string fault)
    {
        _outcome.Refused(reason, frame);
        Fault = fault;
    }
}
