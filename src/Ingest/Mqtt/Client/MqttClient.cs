using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Fengsui.Ingest.Mqtt.Codec;

namespace Fengsui.Ingest.Mqtt.Client;

/// <summary>
/// An MQTT 3.1.1 and 5.0 client. After the first connection it reconnects by itself, resumes the session, re-sends what is
/// unacknowledged and, where the server has forgotten the session, subscribes again. Received messages are acknowledged by
/// the application. Safe for concurrent use.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly IMqttDialer _dialer;
    private readonly TimeProvider _time;
    private readonly ReconnectBackoff _backoff;
    private readonly MqttSession _session;
    private readonly Channel<MqttReceived> _incoming;
    private readonly CancellationTokenSource _closing = new();
    private volatile MqttLink? _link;
    private Task _running = Task.CompletedTask;
    private int _state;
    private long _dropped;

    /// <param name="options">Frozen from here on.</param>
    /// <param name="dialer">How to reach the server; TCP or TLS by default.</param>
    /// <param name="time">Clock of keep alive and back-off.</param>
    /// <param name="random">Source of the back-off's jitter.</param>
    public MqttClient(MqttClientOptions options, IMqttDialer? dialer = null, TimeProvider? time = null, Random? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxInFlight, ushort.MaxValue / 2);
        _options = options;
        _dialer = dialer ?? new SocketDialer(options);
        _time = time ?? TimeProvider.System;
        _backoff = new ReconnectBackoff(options.FirstReconnectDelay, options.MaxReconnectDelay, random ?? Random.Shared);
        _session = new MqttSession(options.MaxInFlight, options.MaxWaitingPublishes);
        _incoming = Channel.CreateBounded<MqttReceived>(new BoundedChannelOptions(options.IncomingCapacity) { SingleWriter = true });
    }

    /// <summary>Messages from the server, in order. Completes when the client is closed.</summary>
    public ChannelReader<MqttReceived> Incoming => _incoming.Reader;

    public MqttClientState State => (MqttClientState)Volatile.Read(ref _state);

    /// <summary>Why the last connection ended, or the last attempt failed.</summary>
    public MqttDisconnect? LastDisconnect { get; private set; }

    /// <summary>QoS 0 messages dropped because <see cref="Incoming"/> was full.</summary>
    public long DroppedIncoming => Interlocked.Read(ref _dropped) + (_link?.Dropped ?? 0);

    /// <summary>Told of every change of state, with the reason of a loss. Runs on the client's loop: return soon.</summary>
    public event Action<MqttClientState, MqttDisconnect?>? StateChanged;

    /// <summary>Makes the first connection; later ones follow by themselves.</summary>
    /// <exception cref="MqttConnectException">The server cannot be reached or refuses.</exception>
    public async Task<MqttServerTerms> ConnectAsync(CancellationToken cancellation = default)
    {
        if (State != MqttClientState.Idle)
        {
            throw new InvalidOperationException("the client has been connected before");
        }

        var link = await OpenAsync(_options.CleanStart, cancellation).ConfigureAwait(false);
        _running = RunAsync(link);
        return link.Terms;
    }

    /// <summary>
    /// Publishes. QoS 0 returns when the message is queued for the socket; QoS 1 and 2 return when the server has taken it,
    /// through any number of reconnects. Cancelling stops the waiting, not the message.
    /// </summary>
    public async Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancellation = default)
    {
        if (_link?.Terms is { } terms && Forbids(terms, message) is { } reason)
        {
            return new MqttPublishResult(MqttPublishOutcome.Refused, reason);
        }

        return message.Qos == 0
            ? await PublishAtMostOnceAsync(message, cancellation).ConfigureAwait(false)
            : await PublishSurelyAsync(message, cancellation).ConfigureAwait(false);
    }

    /// <summary>Subscribes; the codes are those of the SUBACK, one for each filter. Granted filters survive reconnects.</summary>
    /// <exception cref="IOException">There is no connection, or it ended before the answer.</exception>
    public async Task<IReadOnlyList<ReasonCode>> SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation = default)
    {
        var link = _link ?? throw new IOException("not connected");
        var codes = await SubscribeAsync(link, subscriptions, cancellation).ConfigureAwait(false);
        for (var i = 0; i < Math.Min(codes.Length, subscriptions.Count); i++)
        {
            if (codes[i] < (byte)ReasonCode.UnspecifiedError)
            {
                _session.Remember(subscriptions[i]);
            }
        }

        return [.. codes.Select(code => (ReasonCode)code)];
    }

    /// <summary>Unsubscribes; the codes are those of the UNSUBACK, none in 3.1.1.</summary>
    /// <exception cref="IOException">There is no connection, or it ended before the answer.</exception>
    public async Task<IReadOnlyList<ReasonCode>> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation = default)
    {
        var link = _link ?? throw new IOException("not connected");
        var body = new ArrayBufferWriter<byte>();
        foreach (var filter in filters)
        {
            UnsubscribePacket.WriteFilter(body, Encoding.UTF8.GetBytes(filter));
            _session.Forget(filter);
        }

        var id = _session.RentId();
        var packet = new ArrayBufferWriter<byte>();
        new UnsubscribePacket { PacketId = id, Filters = body.WrittenSpan, Count = filters.Count }.WriteTo(packet, _options.Version);
        var codes = await RequestAsync(link, id, packet.WrittenMemory, cancellation).ConfigureAwait(false);
        return [.. codes.Select(code => (ReasonCode)code)];
    }

    /// <summary>Sends what is queued, says DISCONNECT and closes for good.</summary>
    public async Task DisconnectAsync(ReasonCode reason = ReasonCode.Success)
    {
        if (_link is { } link)
        {
            await link.CloseAsync(reason).ConfigureAwait(false);
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        Finish(new MqttDisconnect(MqttDisconnectKind.ByClient));
    }

    public async ValueTask DisposeAsync()
    {
        if (State != MqttClientState.Closed)
        {
            await DisconnectAsync().ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    private static ReasonCode? Forbids(MqttServerTerms terms, MqttMessage message)
    {
        if (message.Qos > terms.MaximumQos)
        {
            return ReasonCode.QosNotSupported;
        }

        // Header, lengths and packet id take at most 14 bytes more.
        var size = 14L + Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length + message.Properties.Length;
        return size > terms.MaximumPacketSize ? ReasonCode.PacketTooLarge : null;
    }

    private async Task<MqttPublishResult> PublishAtMostOnceAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (_link is not { } link)
        {
            return new MqttPublishResult(MqttPublishOutcome.Dropped);
        }

        await link.Output.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        link.Output.Publish(new OutboundMessage(message), isDuplicate: false);
        return new MqttPublishResult(MqttPublishOutcome.Delivered);
    }

    private async Task<MqttPublishResult> PublishSurelyAsync(MqttMessage message, CancellationToken cancellation)
    {
        var entry = _session.Add(message);
        _link?.SendWaiting();
        return await entry.Completion.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<byte[]> SubscribeAsync(MqttLink link, IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var subscription in subscriptions)
        {
            SubscribePacket.WriteFilter(body, Encoding.UTF8.GetBytes(subscription.Filter), subscription.Options);
        }

        var id = _session.RentId();
        var packet = new ArrayBufferWriter<byte>();
        new SubscribePacket { PacketId = id, Filters = body.WrittenSpan, Count = subscriptions.Count }.WriteTo(packet, _options.Version);
        return await RequestAsync(link, id, packet.WrittenMemory, cancellation).ConfigureAwait(false);
    }

    private async Task<byte[]> RequestAsync(MqttLink link, ushort id, ReadOnlyMemory<byte> packet, CancellationToken cancellation)
    {
        try
        {
            return await link.RequestAsync(id, packet, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _session.ReturnId(id);
        }
    }

    private async Task<MqttLink> OpenAsync(bool cleanStart, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        MqttTransport? transport = null;
        try
        {
            transport = await _dialer.DialAsync(either.Token).ConfigureAwait(false);
            var terms = await MqttHandshake.RunAsync(transport, _options, cleanStart, either.Token).ConfigureAwait(false);
            var link = new MqttLink(transport, terms, _options, _session, _incoming.Writer, _time);
            _session.Resume(terms.SessionPresent);
            return link;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && timeout.IsCancellationRequested && !cancellation.IsCancellationRequested))
        {
            await CloseAsync(transport).ConfigureAwait(false);
            throw e as MqttConnectException ?? new MqttConnectException(new MqttDisconnect(MqttDisconnectKind.Lost, Text: e.Message), e);
        }
        catch
        {
            await CloseAsync(transport).ConfigureAwait(false);
            throw;
        }
    }

    private static ValueTask CloseAsync(MqttTransport? transport) => transport?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task RunAsync(MqttLink first)
    {
        var link = first;
        while (link is not null)
        {
            var end = await UseAsync(link).ConfigureAwait(false);
            if (end.IsFinal || _closing.IsCancellationRequested)
            {
                Finish(end);
                return;
            }

            Enter(MqttClientState.Reconnecting, end);
            link = await ReopenAsync().ConfigureAwait(false);
        }
    }

    private async Task<MqttDisconnect> UseAsync(MqttLink link)
    {
        await using (link.ConfigureAwait(false))
        {
            var running = link.RunAsync();
            _link = link;

            // A client that is closed while it reconnects has no link yet that it could close: this one must not outlive it.
            using var closing = _closing.Token.UnsafeRegister(static opened => ((MqttLink)opened!).End(new MqttDisconnect(MqttDisconnectKind.ByClient)), link);
            _backoff.Reset();
            Enter(MqttClientState.Connected, null);
            link.SendWaiting();
            if (!link.Terms.SessionPresent)
            {
                await ResubscribeAsync(link).ConfigureAwait(false);
            }

            var end = await running.ConfigureAwait(false);
            _link = null;
            Interlocked.Add(ref _dropped, link.Dropped);
            return end;
        }
    }

    private async Task ResubscribeAsync(MqttLink link)
    {
        var subscriptions = _session.Subscriptions();
        if (subscriptions.Length == 0)
        {
            return;
        }

        try
        {
            await SubscribeAsync(link, subscriptions, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            link.End(new MqttDisconnect(MqttDisconnectKind.Lost, Text: e.Message));
        }
    }

    private async Task<MqttLink?> ReopenAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(_backoff.Next(), _time, _closing.Token).ConfigureAwait(false);
                return await OpenAsync(cleanStart: false, _closing.Token).ConfigureAwait(false);
            }
            catch (MqttConnectException e)
            {
                Enter(MqttClientState.Reconnecting, e.Disconnect);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    private void Enter(MqttClientState state, MqttDisconnect? why)
    {
        LastDisconnect = why ?? LastDisconnect;
        Volatile.Write(ref _state, (int)state);
        StateChanged?.Invoke(state, why);
    }

    private void Finish(MqttDisconnect why)
    {
        if (State == MqttClientState.Closed)
        {
            return;
        }

        _session.Close();
        _incoming.Writer.TryComplete();
        Enter(MqttClientState.Closed, why);
    }
}
