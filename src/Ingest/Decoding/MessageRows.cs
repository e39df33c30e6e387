using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// The readings of one message, as a decoder finds them, on their way into the stage: metrics by name, bounds, times judged, rows marked.
/// Every decoder of every protocol hands in what it reads here, so all of them obey the same bounds. One a connection; not thread-safe.
/// </summary>
internal sealed class MessageRows(DeviceRegistry registry, DecodingOptions options)
{
    private readonly RowBuilder _row = new(registry);
    private readonly MetricLookup _metrics = new(registry);
    private readonly EventTimeGuard _guard = new(options);
    private MessageContext _message;
    private RowStage _stage = null!;
    private int _stageLength;
    private int _stageReceived;
    private int _readings;

    /// <summary>Whose row is in hand.</summary>
    public Device Device { get; set; } = null!;

    /// <summary>Journal time of the read that brought the message, ms since 1970 UTC.</summary>
    public long ReceiveMs => _message.ReceiveMs;

    /// <summary>The sender says that it has sent the message before.</summary>
    public bool IsResent => (_message.Flags & RowFlags.Resent) != 0;

    /// <summary>Rows staged since <see cref="Begin"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The first reason for which a part of the message was left out; <see cref="RejectReason.None"/> when nothing was.</summary>
    public RejectReason Partial { get; private set; }

    /// <summary>Begins a message that is staged in <paramref name="stage"/>.</summary>
    public void Begin(in MessageContext message, RowStage stage)
    {
        _message = message;
        _stage = stage;
        _stageLength = stage.Length;
        _stageReceived = stage.Received;
        _readings = 0;
        _row.Clear();
        Count = 0;
        Partial = RejectReason.None;
        IsExpected = true;
    }

    /// <summary>Says that the message in hand is of a kind that need not hold readings: a birth, a command, a heartbeat.</summary>
    public void ExpectNothing() => IsExpected = false;

    /// <summary>False when a decoder has said that a message of this kind need not hold readings.</summary>
    public bool IsExpected { get; private set; } = true;

    /// <summary>Notes that a part of the message is left out, and why.</summary>
    public void LeaveOut(RejectReason reason) => Partial = Partial == RejectReason.None ? reason : Partial;

    /// <summary>Forgets what was added to the row in hand.</summary>
    public void DropRow() => _row.Clear();

    /// <summary>Adds a number to the row in hand; one that is not finite is a reading without a usable value.</summary>
    /// <returns>False when the message holds more readings than one may: it is given up.</returns>
    public bool Add(ReadOnlySpan<byte> metric, double value) =>
        double.IsFinite(value)
            ? Add(metric, value, isPosition: false, Quality.Good)
            : Add(metric, double.NaN, isPosition: false, Quality.Bad);

    /// <summary>As <see cref="Add(ReadOnlySpan{byte},double)"/>, of a quality that the sender states.</summary>
    public bool Add(ReadOnlySpan<byte> metric, double value, Quality quality) =>
        Add(metric, quality == Quality.Bad ? double.NaN : value, isPosition: false, double.IsFinite(value) ? quality : Quality.Bad);

    /// <summary>Adds a position in degrees (WGS 84) to the row in hand; NaN when the sender does not know where it is.</summary>
    public bool AddPosition(ReadOnlySpan<byte> metric, double latitude, double longitude)
    {
        if (double.IsNaN(latitude) || double.IsNaN(longitude))
        {
            return Add(metric, double.NaN, isPosition: true, Quality.Bad);
        }

        if (!GeoPosition.TryCreate(latitude, longitude, out var position))
        {
            LeaveOut(RejectReason.PositionOutOfRange);
            return true;
        }

        return Add(metric, position.Pack(), isPosition: true, Quality.Good);
    }

    /// <summary>What the sender says of the whole row in hand, also of what is still to come of it.</summary>
    public void OfQuality(Quality quality) => _row.Quality = quality;

    /// <summary>Stages the row in hand, without a time of its own.</summary>
    public void EndRow() => Stage(RowFlags.ServerTime, _message.ReceiveMs);

    /// <summary>Stages the row in hand, without a time of its own, as of when we heard it.</summary>
    /// <param name="heardMs">The journal's clock, ms since 1970 UTC.</param>
    public void EndRowHeardAt(long heardMs) => Stage(RowFlags.ServerTime, heardMs);

    /// <summary>Stages the row in hand, if its time is one.</summary>
    /// <param name="stated">ms (or, by mistake, s) since 1970 UTC; NaN is none.</param>
    public void EndRow(double stated)
    {
        var reason = _guard.Judge(stated, _message.ReceiveMs, out var timeMs, out var flags);
        EndRow(reason, timeMs, flags);
    }

    /// <summary>Stages the row in hand, if its time is one that is surely in ms since 1970 UTC.</summary>
    public void EndRowAt(long eventTimeMs)
    {
        var reason = _guard.JudgeMs(eventTimeMs, _message.ReceiveMs);
        EndRow(reason, eventTimeMs, RowFlags.None);
    }

    /// <summary>Counts a row that was staged already.</summary>
    public bool Staged(in RowHead head, Shape shape)
    {
        _stage.Complete(Marked(head.Flags, head.EventTimeMs), shape);
        Count++;
        return TryCount(shape.Count);
    }

    /// <summary>Whether the message became readings. When it did not, nothing of it is staged.</summary>
    /// <param name="fault">Why the message as a whole is refused; <see cref="RejectReason.None"/> when it was well-formed.</param>
    /// <returns>Why nothing was staged; <see cref="RejectReason.None"/> when something was, and then <see cref="Partial"/> tells what was left out.</returns>
    public RejectReason Finish(RejectReason fault)
    {
        if (fault == RejectReason.None && Count > 0)
        {
            return RejectReason.None;
        }

        var reason = fault != RejectReason.None ? fault : Partial != RejectReason.None ? Partial : RejectReason.EmptyMessage;
        _stage.Rewind(_stageLength, _stageReceived);
        Partial = RejectReason.None;
        return reason;
    }

    private bool TryCount(int readings)
    {
        _readings += readings;
        return _readings <= options.MaxReadingsPerMessage;
    }

    private bool Add(ReadOnlySpan<byte> name, double value, bool isPosition, Quality quality)
    {
        if (!TryCount(1))
        {
            return false;
        }

        if (!_metrics.TryFind(name, Device, out var metric, out var holdsPositions))
        {
            LeaveOut(RejectReason.TooManyMetrics);
        }
        else if (holdsPositions != isPosition && quality != Quality.Bad)
        {
            LeaveOut(RejectReason.UnsupportedValue);
        }
        else
        {
            _row.Add(metric, value, quality);
        }

        return true;
    }

    private void EndRow(RejectReason reason, long timeMs, RowFlags flags)
    {
        if (reason == RejectReason.None)
        {
            Stage(flags, timeMs);
            return;
        }

        LeaveOut(reason);
        _row.Clear();
    }

    private void Stage(RowFlags flags, long timeMs) => Count += _row.Stage(_stage, Device, Marked(flags, timeMs));

    /// <summary>Rows without a time of their own carry the message's fingerprint, each its own by its number.</summary>
    private RowHead Marked(RowFlags flags, long timeMs)
    {
        var marked = (flags & RowFlags.ServerTime) != 0 && _message.Fingerprint != 0;
        var fingerprint = marked ? _message.Fingerprint + (uint)Count : 0;
        return new RowHead(Device.Id, flags | _message.Flags, fingerprint, timeMs);
    }
}
