using System.Collections.Concurrent;
using System.Text;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Mqtt.Codec;
using Fengsui.Ingest.Mqtt.Retained;
using Fengsui.Ingest.Mqtt.Security;
using Fengsui.Ingest.Mqtt.Sessions;
using Fengsui.Ingest.Mqtt.Subscriptions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Fengsui.Ingest.Mqtt.Server;

/// <summary>
/// The MQTT endpoint's shared state: sessions, subscriptions, retained messages, rights, counters and the one timer behind all deadlines. Public
/// members may be called from any thread.
/// </summary>
public sealed class MqttBroker : IAsyncDisposable
{
    private const int RetainedSweepEvery = 120;

    private readonly ConcurrentDictionary<MqttConnection, bool> _connections = new();
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private readonly SessionTable _sessions;
    private readonly MqttMetrics _metrics;
    private int _connectionCount;
    private int _cachedTopics;
    private int _sweeping;
    private int _sweeps;
    private volatile bool _stopping;

    /// <exception cref="ArgumentException">The options are not usable; all mistakes are named.</exception>
    public MqttBroker(MqttServerOptions options, IIntake intake, IMqttAuthenticator authenticator, TopicAccessList access, TimeProvider time)
    {
        var errors = options.Validate();
        if (errors.Count > 0) throw new ArgumentException(string.Join("; ", errors), nameof(options));
        Options = options;
        Intake = intake;
        Authenticator = authenticator;
        Time = time;
        Access = new AccessControl(access);
        Limits = new DecodeLimits(options.MaxPacketSizeBytes, options.MaxUserProperties);
        RetainedMessages = new RetainedStore(options.MaxRetainedMessages, options.MaxRetainedBytes);
        _sessions = new SessionTable(options.MaxOfflineSessions);
        _startedAt = time.GetTimestamp();
        _metrics = new MqttMetrics(this);
        _timer = time.CreateTimer(static state => ((MqttBroker)state!).Sweep(), this, options.SweepInterval, options.SweepInterval);
    }

    public MqttServerOptions Options { get; }

    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    public int SessionCount => _sessions.Count;

    public int OfflineSessionCount => _sessions.OfflineCount;

    public int SubscriptionCount => Subscriptions.Count;

    public int RetainedCount => RetainedMessages.Count;

    public long RetainedBytes => RetainedMessages.Bytes;

    /// <summary>Null: sessions end with the process, and subscriptions are acknowledged at once. Set before serving.</summary>
    public ISessionKeeper? Keeper { get; set; }

    internal IIntake Intake { get; }

    internal IMqttAuthenticator Authenticator { get; }

    internal TimeProvider Time { get; }

    internal AccessControl Access { get; }

    internal DecodeLimits Limits { get; }

    internal SubscriptionTree Subscriptions { get; } = new();

    internal RetainedStore RetainedMessages { get; }

    internal FlushScheduler Flushes { get; } = new();

    /// <summary>Monotonic ms since the broker was made: clock jumps do not reach it.</summary>
    internal long NowMs => (long)Time.GetElapsedTime(_startedAt).TotalMilliseconds;

    internal IEnumerable<MqttSession> Sessions => _sessions.All();

    /// <summary>How often a policy was applied.</summary>
    public long CountOf(DropPolicy policy) => _metrics.CountOf(policy);

    /// <summary>How many connections were closed for a cause.</summary>
    public long CountOf(MalformedCause cause) => _metrics.CountOf(cause);

    /// <summary>Publishes a message from inside to all subscribers, and retains it if asked. <paramref name="topic"/> must be a valid topic name.</summary>
    public void Publish(string topic, ReadOnlyMemory<byte> payload, byte qos, bool retain, PublishProperties? properties = null)
    {
        var message = CreateMessage(topic, payload.ToArray(), qos, retain, properties);
        if (retain) Retain(message, isOwn: true);
        Dispatch(message, Subscriptions.Match(topic));
    }

    /// <summary>Sets (or with null clears) the retained message of a topic for later subscribers; present ones get nothing. It is delivered with QoS up to 1.</summary>
    public void ReplaceRetained(string topic, ReadOnlyMemory<byte>? payload)
    {
        if (payload is { Length: > 0 } kept) Retain(CreateMessage(topic, kept.ToArray(), 1, retain: true, null), isOwn: true);
        else RetainedMessages.Remove(topic);
    }

    /// <summary>The topics beneath a filter that hold a retained message.</summary>
    public IReadOnlyList<string> RetainedTopics(string filter) =>
        [.. RetainedMessages.Match(filter, NowMs).Select(message => message.Topic)];

    /// <summary>Puts another access list in force: cached decisions lapse, subscriptions no longer granted are removed.</summary>
    public void ReplaceAccess(TopicAccessList list)
    {
        Access.Replace(list);
        foreach (var session in _sessions.All()) session.DropRevokedSubscriptions();
    }

    /// <summary>Serves one transport connection until it ends.</summary>
    public async Task ServeAsync(ConnectionContext context)
    {
        if (_stopping || Interlocked.Increment(ref _connectionCount) > Options.MaxConnections)
        {
            if (!_stopping) Interlocked.Decrement(ref _connectionCount);
            Count(DropPolicy.ConnectionRefusedAtLimit);
            context.Abort();
            return;
        }
        var connection = new MqttConnection(this, context);
        _connections[connection] = true;

        // A host that stops asks its connections to close and waits for them before it stops anything else.
        var closing = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var asked = closing.Register(static broker => _ = ((MqttBroker)broker!).StopAsync(), this);
        try
        {
            if (_stopping) connection.Evict(ReasonCode.ServerShuttingDown);
            await connection.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            Interlocked.Decrement(ref _connectionCount);
            _metrics.Fold(connection.Counters);
        }
    }

    /// <summary>Takes no more connections, tells the present ones and waits until their loops have ended. Wills are not published: the clients are not lost, we are.</summary>
    public async Task StopAsync()
    {
        _stopping = true;
        var connections = _connections.Keys.ToArray();
        foreach (var connection in connections) connection.Evict(ReasonCode.ServerShuttingDown);
        foreach (var connection in connections) await connection.Finished.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    internal void Count(DropPolicy policy) => _metrics.Count(policy);

    internal void CountMalformed(MalformedCause cause) => _metrics.Count(cause);

    internal ConnectionCounters Totals() => _metrics.Total(_connections.Keys.Select(connection => connection.Counters));

    internal bool TryReserveCachedTopic()
    {
        if (Interlocked.Increment(ref _cachedTopics) <= Options.MaxCachedTopics) return true;
        Interlocked.Decrement(ref _cachedTopics);
        return false;
    }

    internal void ReleaseCachedTopics(int count) => Interlocked.Add(ref _cachedTopics, -count);

    /// <summary>True when a topic or filter is within the bounds on length and levels.</summary>
    internal bool TopicIsInBounds(ReadOnlySpan<byte> topic) => topic.Length <= Options.MaxTopicLengthBytes && topic.Count((byte)'/') < Options.MaxTopicLevels;

    internal long ExpiryOf(uint? seconds) => seconds is null ? BrokerMessage.NeverExpires : NowMs + (seconds.Value * 1000L);

    internal uint LimitExpiry(uint seconds) => Math.Min(seconds, (uint)Options.MaxSessionExpiry.TotalSeconds);

    internal void Retain(BrokerMessage message, bool isOwn = false)
    {
        if (!RetainedMessages.Set(message, isOwn)) Count(DropPolicy.RetainedLimit);
    }

    internal void Dispatch(BrokerMessage message, SubscriberRoute route)
    {
        foreach (var match in route.Subscribers)
        {
            var own = match.HasNoLocal && message.Source is { } source && source.ClientId == match.Session.ClientId;
            var granted = own ? match.WithoutNoLocal() : match;
            if (granted is null) continue;
            granted.Session.Deliver(new OutboundEntry(message, Math.Min(message.Qos, granted.MaxQos), message.Retain && granted.RetainAsPublished, granted.Identifiers, null, IsReplay: false));
        }
        foreach (var group in route.Groups)
        {
            if (!group.Deliver(message)) Count(DropPolicy.SharedGroupWithoutMember);
        }
    }

    /// <summary>Gives a connection its session, after the one that has it now has let go of it.</summary>
    internal async Task<(MqttSession Session, bool Present)> AttachAsync(MqttConnection connection, ConnectRequest request, ClientAccess access, CancellationToken cancellation)
    {
        while (true)
        {
            MqttSession? created = null;
            var owner = _sessions.TryTake(request.ClientId, connection, request.CleanStart, NowMs, () => created = new MqttSession(this, request.ClientId), out var session, out var ended);
            if (owner is null)
            {
                if (ended is not null) EndSession(ended);
                session!.Access = access;
                session.WillDueMs = long.MaxValue;
                session.ExpirySeconds = LimitExpiry(request.SessionExpirySeconds);
                if (created is null) session.DropRevokedSubscriptions();
                return (session, created is null);
            }
            if (owner.Evict(ReasonCode.SessionTakenOver)) Count(DropPolicy.SessionTakenOver);
            await owner.Finished.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A connection has ended: what becomes of its session and its will.</summary>
    internal void Release(MqttConnection connection, MqttSession session, bool sendWill)
    {
        if (!ReferenceEquals(session.Owner, connection)) return;
        if (!sendWill && !_stopping) session.Will = null;
        var now = NowMs;
        var will = sendWill ? session.Will : null;
        session.WillDueMs = will is null ? long.MaxValue : now + (will.DelaySeconds * 1000L);
        var unsent = session.Stop();
        var publishNow = will is not null && session.WillDueMs <= now;
        if (publishNow) session.Will = null;
        if (!_sessions.Keep(session, now + (session.ExpirySeconds * 1000L), session.ExpirySeconds > 0, out var atLimit))
        {
            if (atLimit) Count(DropPolicy.OfflineSessionLimit);
            EndSession(session);
        }
        if (publishNow) PublishWill(will!);
        Redistribute(unsent);
    }

    internal bool TryRestore(MqttSession session) => _sessions.TryRestore(session);

    internal void Sweep()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) != 0) return;
        var now = NowMs;
        foreach (var connection in _connections.Keys) connection.Sweep(now);
        List<MqttSession> expired = [];
        List<WillMessage> wills = [];
        _sessions.TakeDue(now, expired, wills);
        foreach (var session in expired) EndSession(session);
        foreach (var will in wills) PublishWill(will);
        if (++_sweeps % RetainedSweepEvery == 0) RetainedMessages.RemoveExpired(now);
        Volatile.Write(ref _sweeping, 0);
    }

    // The session's end publishes a will that still waits (3.1.2.5).
    private void EndSession(MqttSession session)
    {
        var unsent = session.End();
        if (session.Will is { } will && !_stopping) PublishWill(will);
        session.Will = null;
        Redistribute(unsent);
    }

    private void PublishWill(WillMessage will)
    {
        var source = will.Message.Source!;
        if (!source.MayPublish(will.Message.Topic))
        {
            Count(DropPolicy.PublishDenied);
            return;
        }
        var message = will.Message.WithExpiry(ExpiryOf(will.ExpirySeconds));
        _ = WillIntake.TakeAsync(Intake, message, source, Time);
        if (message.Retain) Retain(message);
        Dispatch(message, Subscriptions.Match(message.Topic));
    }

    private void Redistribute(IReadOnlyList<OutboundEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!entry.Group!.Deliver(entry.Message)) Count(DropPolicy.SharedGroupWithoutMember);
        }
    }

    private BrokerMessage CreateMessage(string topic, byte[] payload, byte qos, bool retain, PublishProperties? properties)
    {
        var bytes = Encoding.UTF8.GetBytes(topic);
        if (!MqttText.IsTopicName(bytes)) throw new ArgumentException($"'{topic}' is not a topic name", nameof(topic));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, 2);
        return new BrokerMessage
        {
            Topic = topic,
            TopicBytes = bytes,
            Payload = payload,
            Qos = qos,
            Retain = retain,
            Properties = properties?.Encode() ?? [],
            ExpiresAtMs = ExpiryOf(properties?.MessageExpirySeconds),
        };
    }
}
