using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// One client's connection: one read loop. Each read's packets are all handled, synchronously, before anything is flushed. The loop awaits only
/// the next input, room in the journal, and room in its own output; it never blocks a thread.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "RunAsync disposes what it owns when the loop ends.")]
internal sealed class MqttConnection : ICommitWaiter
{
    private const int DrainedPackets = 4;

    private readonly MqttBroker _broker;
    private readonly ConnectionContext _context;
    private readonly PipeReader _input;
    private readonly PacketScratch _scratch = new();
    private readonly HeldAcks _held;
    private readonly ConnectionDeadlines _deadlines;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttVersion _version;
    private ConnectRequest? _request;
    private MqttSession? _session;
    private PublishReceiver? _receiver;
    private uint _requestedExpirySeconds;
    private bool _heardPacket;
    private bool _cleanDisconnect;
    private bool _disconnected;
    private int _evictReason;

    public MqttConnection(MqttBroker broker, ConnectionContext context)
    {
        _broker = broker;
        _context = context;
        _input = context.Transport.Input;
        Output = new ConnectionOutput(context.Transport.Output, Counters, broker.Options.MaxOutputBytes);
        _held = new HeldAcks(Output);
        _deadlines = new ConnectionDeadlines(broker.Options, broker.NowMs);
    }

    public ConnectionCounters Counters { get; } = new();

    public ConnectionOutput Output { get; }

    /// <summary>Completes when the loop has let go of its session.</summary>
    public Task Finished => _finished.Task;

    public async Task RunAsync()
    {
        var reason = MalformedCause.None;
        try
        {
            reason = await ReadLoopAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ConnectionAbortedException or InvalidOperationException)
        {
            // The transport failed or we were told to stop: an abnormal end, like a lost connection.
        }
        finally
        {
            await EndAsync(reason).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection from outside, with a reason for a 5.0 client. False when it was being ended already.</summary>
    public bool Evict(ReasonCode reason, DropPolicy? counted = null)
    {
        if (Interlocked.CompareExchange(ref _evictReason, (int)reason, 0) != 0) return false;

        // Before the connection ends: whoever sees that it has ended sees why.
        if (counted is { } policy) _broker.Count(policy);
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        _held.Abandon();
        _input.CancelPendingRead();
        return true;
    }

    /// <summary>On the journal's committer thread: moves acknowledgements and leaves the socket to the flusher.</summary>
    public void OnCommitted(long position)
    {
        if (_held.Release(position)) _broker.Flushes.Kick(Output);
    }

    /// <summary>Looks at the connection's deadlines; called by the broker's sweep.</summary>
    public void Sweep(long nowMs)
    {
        if (Volatile.Read(ref _heardPacket))
        {
            Volatile.Write(ref _heardPacket, false);
            _deadlines.Heard(nowMs);
        }
        var missed = _deadlines.Check(Output, nowMs);
        if (missed == DropPolicy.KeepAliveTimeout) Miss(missed.Value, ReasonCode.KeepAliveTimeout);
        else if (missed == DropPolicy.ConnectTimeout) Miss(missed.Value, ReasonCode.MaximumConnectTime);
        if (missed == DropPolicy.WriteTimeout)
        {
            Evict(ReasonCode.UnspecifiedError, DropPolicy.WriteTimeout);
            _context.Abort(new ConnectionAbortedException("the client does not read"));
        }
        if (_receiver is { } receiver && _held.Release(receiver.CommittedPosition)) _broker.Flushes.Kick(Output);
    }

    /// <summary>Takes over the outcome of the handshake; the CONNACK is in the output.</summary>
    public void Admit(MqttSession session, ConnectRequest request, int keepAliveSeconds)
    {
        _session = session;
        _requestedExpirySeconds = request.SessionExpirySeconds;
        var intake = _broker.Intake.Open(session.ClientId, _version == MqttVersion.V5 ? "mqtt/5.0" : "mqtt/3.1.1", session.Access.User);
        _receiver = new PublishReceiver(_broker, session, intake, _held, _version);
        _held.Release(intake.CommittedPosition);
        _deadlines.Connected(keepAliveSeconds, _broker.NowMs);
    }

    private void Miss(DropPolicy policy, ReasonCode reason)
    {
        if (_evictReason == 0) _broker.Count(policy);
        Evict(reason);
    }

    private async Task<MalformedCause> ReadLoopAsync()
    {
        while (true)
        {
            var result = await _input.ReadAsync().ConfigureAwait(false);
            if (_evictReason != 0) return MalformedCause.None;
            var buffer = result.Buffer;
            var length = buffer.Length;
            var step = ReadPackets(ref buffer, out var cause);
            while (step is ReadStep.Connect or ReadStep.Commit or ReadStep.Pause)
            {
                if (step == ReadStep.Connect && !await AdmitClientAsync().ConfigureAwait(false)) return MalformedCause.None;
                await SettleAsync().ConfigureAwait(false);
                step = ReadPackets(ref buffer, out cause);
            }
            Counters.BytesIn += length - buffer.Length;
            _input.AdvanceTo(buffer.Start, buffer.End);
            var settled = SettleAsync();
            if (!settled.IsCompletedSuccessfully) await settled.ConfigureAwait(false);
            if (step == ReadStep.Close || result.IsCompleted) return cause;
        }
    }

    // Appends the batch, hands its acknowledgements on and flushes; then waits until there is room for more.
    private ValueTask SettleAsync()
    {
        if (_receiver is { } receiver && !receiver.TryCommit(this)) return SettleSlowlyAsync(receiver);
        _receiver?.HandOverAcks();
        Output.Flush();
        return MustPause ? PauseAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask SettleSlowlyAsync(PublishReceiver receiver)
    {
        do
        {
            await receiver.WaitForRoomAsync(_stopping.Token).ConfigureAwait(false);
        }
        while (!receiver.TryCommit(this));
        receiver.HandOverAcks();
        Output.Flush();
        if (MustPause) await PauseAsync().ConfigureAwait(false);
    }

    private bool MustPause => !Output.HasRoom || MustWaitForAcks;

    // Only acknowledgements of ours free this; what waits for the client's PUBREL must not stop us from reading it.
    private bool MustWaitForAcks => _version == MqttVersion.V311 && _held.HeldPackets >= _broker.Options.ReceiveMaximum;

    private async ValueTask PauseAsync()
    {
        while (!Output.HasRoom && _evictReason == 0) await Output.WaitForRoomAsync().WaitAsync(_stopping.Token).ConfigureAwait(false);
        while (MustWaitForAcks && _evictReason == 0) await _held.WaitForReleaseAsync().WaitAsync(_stopping.Token).ConfigureAwait(false);
    }

    private async Task<bool> AdmitClientAsync()
    {
        var request = _request!;
        _request = null;
        return await new Handshake(_broker, this, request).RunAsync(_stopping.Token).ConfigureAwait(false);
    }

    private ReadStep ReadPackets(ref ReadOnlySequence<byte> buffer, out MalformedCause cause)
    {
        var reader = new PacketReader(buffer, _scratch, _broker.Options.MaxPacketSizeBytes);
        var step = ReadStep.Drained;
        var heard = false;
        cause = MalformedCause.None;
        while (step == ReadStep.Drained)
        {
            var status = reader.TryRead(_version, out var header, out var body);
            if (status == ReadStatus.NeedMore) break;
            if (status == ReadStatus.Malformed)
            {
                cause = reader.Cause;
                step = ReadStep.Close;
                break;
            }
            Counters.PacketsIn++;
            heard = true;
            step = header.Type == PacketType.Publish && _receiver is not null ? HandlePublish(header.Flags, body, out cause) : HandleOther(header, body, out cause);
        }
        if (heard) Volatile.Write(ref _heardPacket, true);
        buffer = buffer.Slice(reader.Consumed);
        return step;
    }

    private ReadStep HandlePublish(byte flags, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        Counters.PublishesIn++;
        cause = _receiver!.Receive(flags, body);
        if (cause != MalformedCause.None) return ReadStep.Close;
        return _receiver.NeedsCommit ? ReadStep.Commit : ReadStep.Drained;
    }

    private ReadStep HandleOther(in PacketHeader header, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        if (_receiver is null) return HandleFirst(header, body, out cause);
        switch (header.Type)
        {
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return Finish(HandleAck(header.Type, body, out cause));
            case PacketType.Subscribe:
                return Finish(SubscriptionRequests.Subscribe(_broker, _session!, Output, body, out cause));
            case PacketType.Unsubscribe:
                return Finish(SubscriptionRequests.Unsubscribe(_broker, _session!, Output, body, out cause));
            case PacketType.PingReq:
                if (PingPacket.TryParse(body, out cause)) Output.Append(PingPacket.Response, 1);
                return Finish(cause == MalformedCause.None);
            case PacketType.Disconnect:
                cause = HandleDisconnect(body);
                return ReadStep.Close;
            default:
                cause = header.Type == PacketType.Connect ? MalformedCause.SecondConnect : MalformedCause.UnexpectedPacket;
                return ReadStep.Close;
        }
    }

    private ReadStep Finish(bool accepted) => !accepted ? ReadStep.Close : Output.HasRoom ? ReadStep.Drained : ReadStep.Pause;

    private ReadStep HandleFirst(in PacketHeader header, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        cause = MalformedCause.FirstPacketNotConnect;
        if (header.Type != PacketType.Connect) return ReadStep.Close;
        var accepted = ConnectPacket.TryParse(body, _broker.Limits, out var packet, out cause);
        if (!accepted)
        {
            Handshake.Refuse(Output, packet.ProtocolLevel, cause);
            return ReadStep.Close;
        }
        _version = packet.Version;
        _request = ConnectRequest.From(packet);
        return ReadStep.Connect;
    }

    private bool HandleAck(PacketType type, ReadOnlySpan<byte> body, out MalformedCause cause)
    {
        if (!AckPacket.TryParse(type, body, _version, _broker.Limits, out var packet, out cause)) return false;
        switch (type)
        {
            case PacketType.PubAck: _session!.OnPubAck(packet.PacketId); break;
            case PacketType.PubRec: _session!.OnPubRec(packet.PacketId, packet.Reason); break;
            case PacketType.PubRel: _receiver!.Release(packet.PacketId); break;
            default: _session!.OnPubComp(packet.PacketId); break;
        }
        return true;
    }

    private MalformedCause HandleDisconnect(ReadOnlySpan<byte> body)
    {
        if (!DisconnectPacket.TryParse(body, _version, _broker.Limits, out var packet, out var cause)) return cause;
        var properties = new PropertyReader(packet.Properties);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.ServerReference) return MalformedCause.PropertyNotAllowed;
            if (properties.Id != PropertyId.SessionExpiryInterval) continue;
            if (_requestedExpirySeconds == 0 && properties.Number != 0) return MalformedCause.SessionExpiryRaisedAtDisconnect;
            _session!.ExpirySeconds = _broker.LimitExpiry(properties.Number);
        }
        _cleanDisconnect = packet.Reason == ReasonCode.Success;
        _disconnected = true;
        return MalformedCause.None;
    }

    private async Task EndAsync(MalformedCause cause)
    {
        var reason = _evictReason != 0 ? (ReasonCode)_evictReason : cause.ToReasonCode();
        if (cause != MalformedCause.None) _broker.CountMalformed(cause);
        _receiver?.Dispose();
        if (_session is not null) _broker.Release(this, _session, sendWill: !_cleanDisconnect && reason != ReasonCode.ServerShuttingDown);
        _finished.TrySetResult();
        if (reason != ReasonCode.Success && _version == MqttVersion.V5 && _receiver is not null && !_disconnected) SayGoodbye(reason);
        try
        {
            await Output.CloseAsync().WaitAsync(_broker.Options.WriteTimeout, _broker.Time).ConfigureAwait(false);
            if (cause == MalformedCause.PacketTooLarge && _receiver is not null) await InputDrain.RunAsync(_input, DrainedPackets * (long)_broker.Options.MaxPacketSizeBytes, _broker.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _context.Abort();
        }
        await _input.CompleteAsync().ConfigureAwait(false);
        await _context.Transport.Output.CompleteAsync().ConfigureAwait(false);
        _scratch.Dispose();
        _stopping.Dispose();
    }

    private void SayGoodbye(ReasonCode reason)
    {
        var packet = new ArrayBufferWriter<byte>(8);
        new DisconnectPacket { Reason = reason }.WriteTo(packet, _version);
        Output.Append(packet.WrittenSpan, 1);
    }
}
