using System.Text;
using Fengsui.Devices.Records;
using Fengsui.Ingest.Payloads;
using Fengsui.Ingest.Payloads.LineProtocol;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Http;

/// <summary>Takes the readings of one request at a time: body, decoding, journal. The answer is due when the task has ended: all is durable then.</summary>
public sealed class HttpWriter
{
    private const string NoDevice = "no tag of it names a device";
    private const string NoJsonDevice = "it names no device";

    private readonly SampleIntake _intake;
    private readonly SourceConnection _report;
    private readonly BodyReader _body = new();
    private readonly int _maxNameBytes;
    private readonly TopicMessages _topics;
    private LineOptions? _lineOptions;
    private LineDecoder _lines = null!;

    /// <summary>What dead letters of the request in hand are filed under.</summary>
    private byte[] _about = [];

    internal HttpWriter(SampleIntake intake, SourceConnection report, int maxNameBytes, PayloadRoutes routes)
    {
        _intake = intake;
        _report = report;
        _maxNameBytes = maxNameBytes;
        _topics = new TopicMessages(intake, routes);
    }

    internal HttpWriteOptions Options { get; private set; } = HttpWriteOptions.Default;

    /// <summary>Bytes that a body may have.</summary>
    public int MaxBodyBytes => Options.MaxBodyBytes;

    /// <summary>Reads the body of the request in hand.</summary>
    /// <param name="body">As it arrives.</param>
    /// <param name="encoding"><c>Content-Encoding</c>; empty for none.</param>
    public ValueTask<BodyFault> ReadAsync(Stream body, string encoding, CancellationToken cancellation) =>
        _body.ReadAsync(body, encoding, Options.MaxBodyBytes, cancellation);

    /// <summary>Stores the lines of the body.</summary>
    /// <param name="precision">One that <see cref="IsPrecision"/> knows; null for the one that the configuration says.</param>
    public async Task<WriteOutcome> WriteLinesAsync(string? precision)
    {
        var unit = precision is not null && LinePrecisions.TryParse(precision, out var named) ? named : Options.Lines.Precision;
        _report.Heard(_body.Body.Length);
        _about = Encoding.UTF8.GetBytes(HttpAbout.Lines(unit));
        var tally = default(WriteTally);
        var at = 0;
        var number = 1;
        while (StageLines(ref at, ref number, unit, ref tally))
        {
            await CommitAsync().ConfigureAwait(false);
        }

        await CommitAsync().ConfigureAwait(false);
        return tally.Outcome();
    }

    /// <summary>Stores the JSON of the body.</summary>
    /// <param name="device">Whose readings they are; null when the body says it.</param>
    public async Task<WriteOutcome> WriteJsonAsync(string? device)
    {
        _report.Heard(_body.Body.Length);
        var tally = default(WriteTally);
        _about = Encoding.UTF8.GetBytes(HttpAbout.Json(device));
        var name = device is null ? null : Encoding.UTF8.GetBytes(device);
        var at = 0;
        var number = 0;
        while (StageJson(name, ref at, ref number, ref tally))
        {
            await CommitAsync().ConfigureAwait(false);
        }

        await CommitAsync().ConfigureAwait(false);
        return tally.Outcome();
    }

    /// <summary>Stores the body as one message that was published to a topic.</summary>
    /// <param name="topic">One that <see cref="HttpIntake.Takes"/>.</param>
    public async Task<WriteOutcome> WriteMessageAsync(string topic)
    {
        _report.Heard(_body.Body.Length);
        var tally = default(WriteTally);
        _report.Reject(_topics.Stage(Encoding.UTF8.GetBytes(topic), _body.Body.Span, ref tally));
        await CommitAsync().ConfigureAwait(false);
        return tally.Outcome();
    }

    /// <summary>Whether a precision has this name.</summary>
    public static bool IsPrecision(string? name) => LinePrecisions.TryParse(name, out _);

    internal void Begin(HttpWriteOptions options)
    {
        Options = options;
        if (_lineOptions != options.Lines)
        {
            _lineOptions = options.Lines;
            _lines = new LineDecoder(options.Lines, _maxNameBytes);
        }
    }

    internal void End() => _body.Clear();

    /// <summary>False when the last line is staged; true when the stage is full before.</summary>
    private bool StageLines(ref int at, ref int number, LinePrecision precision, ref WriteTally tally)
    {
        var lines = new LineSplitter(_body.Body.Span) { At = at, NextNumber = number };
        while (lines.TryNext(out var line))
        {
            StageLine(line, lines.Number, precision, ref tally);
            if (_intake.NeedsCommit)
            {
                (at, number) = (lines.At, lines.NextNumber);
                return true;
            }
        }

        return false;
    }

    private void StageLine(ReadOnlySpan<byte> line, int number, LinePrecision precision, ref WriteTally tally)
    {
        _intake.BeginMessage();
        var rows = _intake.Rows;
        var fault = _lines.Decode(line, default, precision, rows, _intake.Devices);
        if (fault == LineFault.None && rows is { Count: 0, Partial: RejectReason.None, IsExpected: false })
        {
            tally.Stored(RejectReason.None);
            return;
        }

        var isStored = fault == LineFault.None && (rows.Count > 0 || rows.Partial == RejectReason.UnsupportedValue);
        var reason = _intake.EndMessage(fault.Reason(), _about, line);
        _report.Reject(reason);
        if (isStored)
        {
            tally.Stored(reason);
        }
        else
        {
            tally.Fail(number, line, fault != LineFault.None ? fault.Words() : reason == RejectReason.NotMapped ? NoDevice : reason.Name(), reason, fault != LineFault.None);
        }
    }

    private bool StageJson(byte[]? device, ref int at, ref int number, ref WriteTally tally)
    {
        var body = _body.Body.Span;
        var messages = new TelemetryObjects(body, device) { At = at, Number = number };
        while (messages.TryNext(out var json, out var name, out var fault))
        {
            var reason = _intake.AddJson(json, name, fault, _about, out var isStored);
            _report.Reject(reason);
            if (isStored)
            {
                tally.Stored(reason);
            }
            else
            {
                tally.Fail(messages.Number, json, reason == RejectReason.NotMapped ? NoJsonDevice : reason.Name(), reason, isMalformed: false);
            }

            if (_intake.NeedsCommit)
            {
                (at, number) = (messages.At, messages.Number);
                return true;
            }
        }

        return false;
    }

    private async ValueTask CommitAsync()
    {
        var staged = _intake.Staged;
        await _intake.CommitAsync().ConfigureAwait(false);
        _report.Committed(staged);
    }
}
