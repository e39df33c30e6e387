using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>One accepted connection: reads and dispatches, writes, keeps alive, until it ends with a reason.</summary>
internal sealed class MqttLink : IAsyncDisposable
{
    private readonly MqttTransport _transport;
    private readonly MqttClientOptions _options;
    private readonly MqttSession _session;
    private readonly ChannelWriter<MqttReceived> _incoming;
    private readonly TimeProvider _time;
    private readonly DecodeLimits _limits;
    private readonly AckSequencer _acks;

    // Never disposed: a timer or a caller may still end a connection that has ended. It has no timer of its own to release.
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<ushort, TaskCompletionSource<byte[]>> _requests = new();
    private readonly List<MqttReceived> _arrived = [];
    private readonly PacketScratch _scratch = new();
    private readonly Lock _quotaLock = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _quota;
    private volatile MqttDisconnect? _end;
    private volatile bool _pingPending;

    public MqttLink(MqttTransport transport, MqttServerTerms terms, MqttClientOptions options, MqttSession session, ChannelWriter<MqttReceived> incoming, TimeProvider time)
    {
        _transport = transport;
        Terms = terms;
        _options = options;
        _session = session;
        _incoming = incoming;
        _time = time;
        _limits = new DecodeLimits(options.MaxPacketSizeBytes, int.MaxValue);
        _quota = terms.ReceiveMaximum;
        Output = new SendQueue(transport.Output, options.Version, options.MaxPendingSendBytes);
        _acks = new AckSequencer(Output);
    }

    public MqttServerTerms Terms { get; }

    public SendQueue Output { get; }

    /// <summary>QoS 0 messages dropped because nobody read the channel.</summary>
    public long Dropped { get; private set; }

    /// <summary>Sends what waits in the session, as far as the server's receive maximum allows.</summary>
    public void SendWaiting()
    {
        lock (_quotaLock)
        {
            _session.Send(Output, ref _quota);
        }
    }

    /// <summary>Runs until the connection ends, and says why it did.</summary>
    public async Task<MqttDisconnect> RunAsync()
    {
        var keepAlive = Terms.KeepAlive ?? _options.KeepAlive;
        using var timer = keepAlive > TimeSpan.Zero ? _time.CreateTimer(_ => OnKeepAlive(), null, keepAlive / 2, keepAlive / 2) : null;
        var writing = WriteAsync();
        await ReadAsync().ConfigureAwait(false);
        Output.Close();
        await writing.ConfigureAwait(false);
        FailRequests();
        return _end ?? new MqttDisconnect(MqttDisconnectKind.Lost);
    }

    /// <summary>Ends the connection from this side, for the reason given; the first reason counts.</summary>
    public void End(MqttDisconnect reason)
    {
        Interlocked.CompareExchange(ref _end, reason, null);
        _ending.Cancel();
    }

    /// <summary>Sends DISCONNECT after all that waits, then ends.</summary>
    public async Task CloseAsync(ReasonCode reason)
    {
        var packet = new ArrayBufferWriter<byte>();
        new DisconnectPacket { Reason = reason }.WriteTo(packet, _options.Version);
        Interlocked.CompareExchange(ref _end, new MqttDisconnect(MqttDisconnectKind.ByClient), null);
        Output.Raw(packet.WrittenSpan);
        Output.Close();
        await _written.Task.WaitAsync(_options.ConnectTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ending.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a SUBSCRIBE or UNSUBSCRIBE and waits for the codes of its answer.</summary>
    /// <exception cref="IOException">The connection ended first.</exception>
    public async Task<byte[]> RequestAsync(ushort packetId, ReadOnlyMemory<byte> packet, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[packetId] = answer;
        Output.Raw(packet.Span);
        if (_end is not null)
        {
            FailRequests();
        }

        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        Output.Dispose();
        _scratch.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            await Output.RunAsync(_ending.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            End(new MqttDisconnect(MqttDisconnectKind.Lost, Text: e.Message));
        }

        Output.Close();
        _written.TrySetResult();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (_end is null || _end.Kind == MqttDisconnectKind.ByClient)
            {
                var result = await _transport.Input.ReadAsync(_ending.Token).ConfigureAwait(false);
                var consumed = Dispatch(result.Buffer);
                _transport.Input.AdvanceTo(consumed, result.Buffer.End);
                await DeliverAsync().ConfigureAwait(false);
                if (result.IsCompleted)
                {
                    End(new MqttDisconnect(MqttDisconnectKind.Lost, Text: "closed by the server"));
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ChannelClosedException)
        {
            End(new MqttDisconnect(MqttDisconnectKind.Lost, Text: e.Message));
        }
    }

    private async ValueTask DeliverAsync()
    {
        foreach (var message in _arrived)
        {
            if (_incoming.TryWrite(message))
            {
                continue;
            }

            if (message.Qos == 0)
            {
                Dropped++;
                continue;
            }

            await _incoming.WriteAsync(message, _ending.Token).ConfigureAwait(false);
        }

        _arrived.Clear();
    }

    private SequencePosition Dispatch(in ReadOnlySequence<byte> buffer)
    {
        var reader = new PacketReader(buffer, _scratch, _options.MaxPacketSizeBytes);
        while (true)
        {
            var status = reader.TryRead(_options.Version, out var header, out var body);
            if (status == ReadStatus.NeedMore)
            {
                return reader.Consumed;
            }

            var cause = status == ReadStatus.Malformed ? reader.Cause : Handle(header, body);
            _pingPending = false;
            if (cause != MalformedCause.None)
            {
                End(new MqttDisconnect(MqttDisconnectKind.ProtocolError, Cause: cause));
            }

            if (_end is { Kind: not MqttDisconnectKind.ByClient })
            {
                return reader.Consumed;
            }
        }
    }

    private MalformedCause Handle(in PacketHeader header, ReadOnlySpan<byte> body)
    {
        MalformedCause cause;
        switch (header.Type)
        {
            case PacketType.Publish:
                return OnPublish(header.Flags, body);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubComp or PacketType.PubRel:
                if (AckPacket.TryParse(header.Type, body, _options.Version, _limits, out var ack, out cause))
                {
                    OnAcknowledgement(ack);
                }

                return cause;
            case PacketType.SubAck or PacketType.UnsubAck:
                if (SubAckPacket.TryParse(header.Type, body, _options.Version, _limits, out var answer, out cause)
                    && _requests.TryRemove(answer.PacketId, out var request))
                {
                    request.TrySetResult(answer.Codes.ToArray());
                }

                return cause;
            case PacketType.PingResp:
                return PingPacket.TryParse(body, out cause) ? MalformedCause.None : cause;
            case PacketType.Disconnect:
                if (DisconnectPacket.TryParse(body, _options.Version, _limits, out var goodbye, out cause))
                {
                    End(new MqttDisconnect(MqttDisconnectKind.ByServer, (byte)goodbye.Reason, ReasonText(goodbye.Properties)));
                }

                return cause;
            default:
                return MalformedCause.UnexpectedPacket;
        }
    }

    private MalformedCause OnPublish(byte flags, ReadOnlySpan<byte> body)
    {
        if (!PublishPacket.TryParse(flags, body, _options.Version, _limits, out var packet, out var cause))
        {
            return cause;
        }

        if (packet.Topic.IsEmpty)
        {
            // We offer no topic aliases.
            return MalformedCause.TopicAliasInvalid;
        }

        Action<ReasonCode>? acknowledge = null;
        if (packet.Qos == 1)
        {
            acknowledge = _acks.Expect(PacketType.PubAck, packet.PacketId).Complete;
        }
        else if (packet.Qos == 2)
        {
            var id = packet.PacketId;
            if (_session.Receive(id, _acks) is not { } exchange)
            {
                return MalformedCause.None;
            }

            acknowledge = reason => _session.Received(id, exchange, reason);
        }

        _arrived.Add(new MqttReceived(
            Encoding.UTF8.GetString(packet.Topic), packet.Payload.ToArray(), packet.Properties.ToArray(), packet.Qos, packet.Retain, packet.Dup, packet.PacketId, acknowledge));
        return MalformedCause.None;
    }

    private void OnAcknowledgement(in AckPacket packet)
    {
        if (packet.Type == PacketType.PubRel)
        {
            var known = _session.Release(packet.PacketId);
            Output.Acknowledge(PacketType.PubComp, packet.PacketId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
            return;
        }

        if (_session.Settle(packet, Output))
        {
            lock (_quotaLock)
            {
                _quota = Math.Min(_quota + 1, Terms.ReceiveMaximum);
            }

            SendWaiting();
        }
    }

    private void OnKeepAlive()
    {
        if (_pingPending)
        {
            End(new MqttDisconnect(MqttDisconnectKind.KeepAliveTimeout));
            return;
        }

        _pingPending = true;
        Output.Raw(PingPacket.Request);
    }

    private void FailRequests()
    {
        foreach (var packetId in _requests.Keys)
        {
            if (_requests.TryRemove(packetId, out var request))
            {
                request.TrySetException(new IOException("the connection ended before the server answered"));
            }
        }
    }

    private static string? ReasonText(ReadOnlySpan<byte> section)
    {
        var properties = new PropertyReader(section);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.ReasonString)
            {
                return Encoding.UTF8.GetString(properties.Value);
            }
        }

        return null;
    }
}
