using Fengsui.Devices.Records;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Vehicles.Codec;
using Fengsui.Ingest.Vehicles.Reports;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>Stages the messages of an admitted terminal, whole ones, and says how they are to be answered.</summary>
internal sealed class MessageTaker(SessionOptions options, SampleIntake intake, SourceConnection report)
{
    private readonly PositionReader _reader = new(options.CargoDoors);
    private AlarmEdges _edges = new();
    private Terminal? _terminal;

    /// <summary>What reports of the terminal are filed under when they are refused.</summary>
    private byte[] _aboutReports = options.About;

    /// <summary>Whose messages are next.</summary>
    public void Turn(Terminal terminal)
    {
        if (!ReferenceEquals(terminal, _terminal))
        {
            _terminal = terminal;
            _edges = new AlarmEdges();
            _aboutReports = TerminalAbout.Of(options.About, terminal.Phone, MessageId.Position);
        }
    }

    /// <summary>Keeps input that cannot be read as a dead letter, and counts it.</summary>
    public void Refuse(RejectReason reason, ReadOnlySpan<byte> bytes) => Refuse(reason, options.About, bytes);

    private void RefuseBody(RejectReason reason, ushort id, ReadOnlySpan<byte> body) => Refuse(reason, TerminalAbout.Of(options.About, _terminal!.Phone, id), body);

    private void Refuse(RejectReason reason, ReadOnlySpan<byte> about, ReadOnlySpan<byte> bytes)
    {
        intake.BeginMessage();
        report.Reject(intake.EndMessage(reason, about, bytes));
    }

    /// <param name="id">See <see cref="MessageId"/>.</param>
    /// <param name="encryption">0 for none.</param>
    /// <param name="fingerprint">What a re-send has too.</param>
    /// <param name="body">All of it, of a split message too.</param>
    public ReplyResult Take(ushort id, int encryption, uint fingerprint, ReadOnlySpan<byte> body)
    {
        if (encryption != 0)
        {
            RefuseBody(RejectReason.NotDecrypted, id, body);
            return ReplyResult.NotSupported;
        }

        switch (id)
        {
            case MessageId.Heartbeat:
                return ReplyResult.Done;
            case MessageId.Position:
                _edges.BeginMessage();
                return TakeReport(fingerprint, body) ? ReplyResult.Done : ReplyResult.WrongMessage;
            case MessageId.PositionBatch:
                _edges.BeginMessage();
                return TakeBatch(fingerprint, body) ? ReplyResult.Done : ReplyResult.WrongMessage;
            default:
                RefuseBody(RejectReason.UnknownMessage, id, body);
                return ReplyResult.NotSupported;
        }
    }

    /// <summary>Each report is a message of its own: one that is refused takes no other with it.</summary>
    private bool TakeBatch(uint fingerprint, ReadOnlySpan<byte> body)
    {
        var batch = new PositionBatch(body);
        var taken = 0;
        while (batch.TryNext(out var position))
        {
            taken += TakeReport(fingerprint++, position) ? 1 : 0;
        }

        if (batch.IsCutOff)
        {
            RefuseBody(RejectReason.MalformedFrame, MessageId.PositionBatch, batch.Rest.IsEmpty ? body : batch.Rest);
        }

        return taken > 0;
    }

    private bool TakeReport(uint fingerprint, ReadOnlySpan<byte> body)
    {
        // A re-send has the same serial and content, and nothing that says so.
        intake.BeginMessage(fingerprint, mayBeResent: true);
        var fault = intake.TryDevice(_terminal!.Device) ? _reader.Read(body, intake.Rows, _edges) : RejectReason.None;
        report.Reject(intake.EndMessage(fault, _aboutReports, body));
        return intake.Rows.Count > 0 && fault == RejectReason.None;
    }
}
