using System.Buffers;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Vehicles.Codec;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>
/// One connection of a terminal: what each frame is, whether its sender may say it, and what it is answered. Replies wait in
/// <see cref="Replies"/> until the intake has committed what they acknowledge.
/// </summary>
internal sealed class VehicleSession(SessionOptions options, SampleIntake intake, SourceConnection report, TimeProvider time)
{
    /// <summary>Frames that a peer may have refused before it has shown who it is; one more ends the connection.</summary>
    public const int MaxRefusals = 8;

    private readonly byte[] _raw = new byte[Jt808Framing.MaxEscapedBytes];
    private readonly byte[] _plain = new byte[Jt808Framing.MaxEscapedBytes];
    private readonly Login _login = new(options.Terminals);
    private readonly SplitMessages _split = new(time);
    private readonly MessageTaker _taker = new(options, intake, report);
    private int _refusals;

    /// <summary>What to send once the intake has committed.</summary>
    public ReplyWriter Replies { get; } = new();

    /// <summary>The peer has had its chances.</summary>
    public bool IsOver => _refusals > MaxRefusals;

    /// <summary>The peer has shown who it is.</summary>
    public bool IsAdmitted => _login.IsAdmitted;

    /// <summary>Takes one frame, as it lay between its delimiters.</summary>
    public void Take(in ReadOnlySequence<byte> content, bool isTooLarge)
    {
        var raw = _raw.AsSpan(0, (int)Math.Min(content.Length, _raw.Length));
        content.Slice(0, raw.Length).CopyTo(raw);
        if (isTooLarge)
        {
            Refuse(RejectReason.FrameTooLarge, Redaction.Of(raw));
            return;
        }

        var length = Jt808Escape.Undo(raw, _plain);
        var fault = RejectReason.MalformedFrame;
        Jt808Frame frame = default;
        if (length > 0)
        {
            fault = Jt808Frame.TryRead(_plain.AsSpan(0, length), out frame);
        }

        if (fault != RejectReason.None)
        {
            Refuse(fault, Redaction.Of(raw));
            return;
        }

        report.Heard(raw.Length + 2);
        ExpireSplit();
        Take(frame, raw);
    }

    private void Take(in Jt808Frame frame, ReadOnlySpan<byte> raw)
    {
        _login.Turn(frame.Phone);
        switch (frame.Header.Id)
        {
            case MessageId.Registration:
                Register(frame);
                break;
            case MessageId.Authentication:
                Authenticate(frame);
                break;
            case var _ when !_login.IsAdmitted:
                Refuse(RejectReason.NotAuthenticated, raw);
                Replies.General(frame, frame.Header.Serial, ReplyResult.Failed);
                break;
            case MessageId.TerminalReply:
                break;
            case MessageId.Logout:
                Replies.General(frame, frame.Header.Serial, ReplyResult.Done);
                _login.Forget();
                break;
            default:
                TakeData(frame, raw);
                AskForParts(frame);
                break;
        }
    }

    private void TakeData(in Jt808Frame frame, ReadOnlySpan<byte> raw)
    {
        _taker.Turn(_login.Terminal!);
        if (!frame.Header.IsSplit)
        {
            var result = _taker.Take(frame.Header.Id, frame.Header.Encryption, Digest.Of(frame.Header.Serial, raw), frame.Body);
            Replies.General(frame, frame.Header.Serial, result);
            return;
        }

        if (frame.Header.Parts > SplitMessages.MaxParts)
        {
            _taker.Refuse(RejectReason.FrameTooLarge, raw);
            Replies.General(frame, frame.Header.Serial, ReplyResult.NotSupported);
            return;
        }

        var whole = _split.Take(frame, out var displaced);
        GiveUp(displaced);
        if (whole is not null)
        {
            TakeWhole(frame, whole);
        }
    }

    /// <summary>Every part is acknowledged, and only now: a part alone is not in the journal.</summary>
    private void TakeWhole(in Jt808Frame last, SplitMessage whole)
    {
        var body = whole.Join();
        var result = _taker.Take(whole.Id, last.Header.Encryption, Digest.Of(whole.FirstSerial, body), body);
        foreach (var serial in whole.Serials)
        {
            Replies.General(last, serial, result);
        }
    }

    private void Register(in Jt808Frame frame)
    {
        var terminal = options.IsRegistrationOpen ? _login.Candidate : null;
        if (terminal is null)
        {
            CountRefusal(RejectReason.NotAuthenticated);
        }

        Replies.Registration(frame, terminal is null ? RegistrationResult.NoSuchTerminal : RegistrationResult.Done, terminal is null ? default : terminal.Code);
    }

    private void Authenticate(in Jt808Frame frame)
    {
        var isAdmitted = _login.TryAuthenticate(frame);
        if (isAdmitted)
        {
            _refusals = 0;
            report.Name($"{report.Peer.Split(' ')[0]} {_login.Terminal!.Phone}");
        }
        else
        {
            CountRefusal(RejectReason.NotAuthenticated);
        }

        Replies.General(frame, frame.Header.Serial, isAdmitted ? ReplyResult.Done : ReplyResult.Failed);
    }

    private void Refuse(RejectReason reason, ReadOnlySpan<byte> raw)
    {
        _taker.Refuse(reason, raw);
        _refusals += _login.IsAdmitted ? 0 : 1;
    }

    /// <summary>For what is kept nowhere, because it holds a code.</summary>
    private void CountRefusal(RejectReason reason)
    {
        report.Reject(reason);
        _refusals++;
    }

    /// <summary>A terminal is asked while it is heard: behind what it says.</summary>
    private void AskForParts(in Jt808Frame heard)
    {
        while (_split.TryAsk(out var message, out var missing))
        {
            Replies.PartsRequest(heard, message.FirstSerial, missing);
        }
    }

    private void ExpireSplit()
    {
        while (_split.TryExpire(out var expired))
        {
            report.TimedOut();
            GiveUp(expired);
        }
    }

    private void GiveUp(SplitMessage? message)
    {
        if (message is not null)
        {
            _taker.Refuse(RejectReason.MalformedFrame, message.Join());
        }
    }
}
