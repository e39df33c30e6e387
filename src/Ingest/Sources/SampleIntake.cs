using Fengsui.Devices.Records;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Ingest.Sources;

/// <summary>
/// One connection's way into the journal for a protocol that reads its own frames: each frame's readings go into the stage, and the stage is
/// appended as one batch. What the protocol acknowledges, it acknowledges after <see cref="CommitAsync"/>. Used by the connection's loop only.
/// </summary>
internal sealed class SampleIntake : IDisposable
{
    private readonly IReadingJournal _journal;
    private readonly IDeviceResolver _devices;
    private readonly IntakeCounters _counters;
    private readonly Rejections _rejections;
    private readonly RowStage _stage = new();
    private readonly CommitGate _gate;
    private readonly JsonDecoder _json;
    private readonly CancellationToken _stopping;
    private readonly int _source;
    private long _receiveMs;
    private long _appended = -1;
    private int _messages;
    private int _letters;

    public SampleIntake(
        IReadingJournal journal, IntakeOptions options, IDeviceResolver devices, RowTemplates templates, IntakeCounters counters, int source, CancellationToken stopping)
    {
        _journal = journal;
        _devices = devices;
        _counters = counters;
        _source = source;
        _stopping = stopping;
        _gate = new CommitGate(stopping);
        _rejections = new Rejections(_stage, counters, options.MaxDeadLettersPerSecond);
        Rows = new MessageRows(journal.Registry, options.Decoding);
        _json = new JsonDecoder(journal.Registry, templates, options.Decoding) { IgnoredKey = "device"u8.ToArray(), TakesQuality = true };
    }

    /// <summary>From names to devices.</summary>
    public IDeviceResolver Devices => _devices;

    /// <summary>Takes the readings of the message in hand.</summary>
    public MessageRows Rows { get; }

    /// <summary>True when the stage must be committed before the next message.</summary>
    public bool NeedsCommit => _stage.IsFull;

    /// <summary>Readings staged, and not yet committed; a message that was refused counts as one.</summary>
    public int Staged => _stage.Received;

    /// <summary>What waits for the next <see cref="CommitAsync"/>.</summary>
    internal RowStage Stage => _stage;

    /// <summary>Readings staged, and not yet committed, without messages that were refused.</summary>
    public int StagedReadings => _stage.Received - _letters;

    /// <summary>When the messages came, ms since 1970 UTC, for those that are tried again: what has no time of its own has this one. Null: now.</summary>
    public long? HeardMs { get; init; }

    /// <summary>Begins a message, or a frame. Nothing need come of it.</summary>
    /// <param name="fingerprint">What a re-send of the same message has too; 0 when there is no such thing.</param>
    /// <param name="mayBeResent">True when a message of the same fingerprint is a re-send: its rows without a time of their own are then recognised.</param>
    public void BeginMessage(uint fingerprint = 0, bool mayBeResent = false)
    {
        if (_stage.IsEmpty)
        {
            // One look at the clock per batch.
            _receiveMs = _journal.NowMs();
        }

        Rows.Begin(new MessageContext(HeardMs ?? _receiveMs, mayBeResent ? RowFlags.Resent : RowFlags.None, fingerprint), _stage);
    }

    /// <summary>Chooses the device whose row is next. False when it may not be provisioned; the message goes on without it.</summary>
    /// <param name="utf8Name">The device's id.</param>
    public bool TryDevice(ReadOnlySpan<byte> utf8Name)
    {
        if (_devices.Resolve(utf8Name, out var refused) is { } device)
        {
            Rows.Device = device;
            return true;
        }

        Rows.LeaveOut(refused);
        return false;
    }

    /// <summary>Ends a message that should have held readings: what of it could not be stored is kept as a dead letter, or refused.</summary>
    /// <param name="fault">Why the whole message is refused; <see cref="RejectReason.None"/> when it was well-formed.</param>
    /// <param name="about">Where it came from, for the dead letter.</param>
    /// <param name="bytes">The message.</param>
    /// <returns>The reason that was counted; <see cref="RejectReason.None"/> when all of it is staged.</returns>
    public RejectReason EndMessage(RejectReason fault, ReadOnlySpan<byte> about, ReadOnlySpan<byte> bytes)
    {
        _messages++;
        var reason = Rows.Finish(fault);
        var isStaged = reason == RejectReason.None;
        reason = isStaged ? Rows.Partial : reason;
        if (reason != RejectReason.None)
        {
            _rejections.TryKeep(reason, about, bytes, _receiveMs);
            _letters++;
        }

        return reason;
    }

    /// <summary>The journal's clock, ms since 1970 UTC: for what a protocol reads at a moment of its own.</summary>
    public long NowMs => _journal.NowMs();

    /// <summary>Takes one whole message of our own JSON forms.</summary>
    /// <param name="json">The message.</param>
    /// <param name="device">Whose readings it holds; empty for a gateway's map.</param>
    /// <param name="fault">Why it is none; <see cref="RejectReason.None"/> to find out.</param>
    /// <param name="about">Where it came from, for the dead letter.</param>
    /// <param name="isStored">Whether anything of it is staged as readings.</param>
    /// <returns>As <see cref="EndMessage"/>.</returns>
    public RejectReason AddJson(ReadOnlySpan<byte> json, ReadOnlySpan<byte> device, RejectReason fault, ReadOnlySpan<byte> about, out bool isStored)
    {
        BeginMessage();
        _messages++;
        if (fault == RejectReason.None)
        {
            var message = new MessageContext(HeardMs ?? _receiveMs, RowFlags.None, 0);
            fault = device.IsEmpty ? _json.DecodeGateway(json, message, _devices, _stage)
                : _devices.Resolve(device, out var refused) is { } known ? _json.DecodeDevice(json, message, known, _stage)
                : refused;
        }

        isStored = fault == RejectReason.None;
        var reason = isStored ? _json.Partial : fault;
        if (reason != RejectReason.None)
        {
            _rejections.TryKeep(reason, about, json, _receiveMs);
            _letters++;
        }

        return reason;
    }

    /// <summary>Appends what is staged and waits until it is durable. Waits for room in the journal: the back-pressure to the peer.</summary>
    /// <exception cref="OperationCanceledException">The connection is to stop. What was staged was not acknowledged.</exception>
    public async ValueTask CommitAsync()
    {
        long position;
        while (!TryAppend(out position))
        {
            await WaitForRoomAsync().ConfigureAwait(false);
        }

        await DurableAsync(position).ConfigureAwait(false);
    }

    /// <summary>Appends what is staged, for a protocol that has nobody to acknowledge to: the stage is free at once.</summary>
    /// <param name="position">Of the end of the newest batch appended.</param>
    /// <returns>False when the journal has no room: wait with <see cref="WaitForRoomAsync"/>, then try again.</returns>
    public bool TryAppend(out long position)
    {
        if (!_stage.IsEmpty)
        {
            if (!_journal.TryAppend(_stage.Complete(_source, _receiveMs), _gate, out position))
            {
                return false;
            }

            _appended = position;
            _counters.Add(_messages, _stage.Received, _messages);
            _messages = 0;
            _letters = 0;
            _stage.Clear();
        }

        position = _appended;
        return true;
    }

    /// <exception cref="OperationCanceledException">The connection is to stop.</exception>
    public ValueTask WaitForRoomAsync() => _journal.WaitForRoomAsync(_stopping);

    /// <summary>Completes when everything up to <paramref name="position"/> is durable. One wait at a time.</summary>
    /// <exception cref="OperationCanceledException">The connection is to stop.</exception>
    public ValueTask DurableAsync(long position) => _gate.WaitAsync(position);

    public void Dispose() => _gate.Dispose();
}
