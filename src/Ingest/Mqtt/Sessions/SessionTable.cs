using Fengsui.Ingest.Mqtt.Server;

namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>All sessions by client id, and which of them have no connection. One short lock; what a change entails is done by the broker outside it.</summary>
internal sealed class SessionTable(int maxOffline)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MqttSession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<MqttSession> _offline = [];

    public int Count
    {
        get
        {
            lock (_gate) return _sessions.Count;
        }
    }

    public int OfflineCount
    {
        get
        {
            lock (_gate) return _offline.Count;
        }
    }

    /// <summary>
    /// Gives the session of a client id to a connection, unless another connection has it (then that one is returned and must go first).
    /// <paramref name="ended"/> is a former session that clean start or its expiry has ended.
    /// </summary>
    public MqttConnection? TryTake(string clientId, MqttConnection connection, bool cleanStart, long nowMs, Func<MqttSession> create, out MqttSession? session, out MqttSession? ended)
    {
        lock (_gate)
        {
            ended = null;
            if (_sessions.TryGetValue(clientId, out session))
            {
                if (session.Owner is { } owner) return owner;
                _offline.Remove(session);
                if (cleanStart || nowMs >= session.ExpiresAtMs) (ended, session) = (session, null);
            }
            session ??= create();
            session.Owner = connection;
            _sessions[clientId] = session;
            return null;
        }
    }

    /// <summary>The connection is gone. False when the session ends with it; <paramref name="atLimit"/>: because too many are offline.</summary>
    public bool Keep(MqttSession session, long expiresAtMs, bool wantsToStay, out bool atLimit)
    {
        lock (_gate)
        {
            session.Owner = null;
            session.ExpiresAtMs = expiresAtMs;
            atLimit = wantsToStay && _offline.Count >= maxOffline;
            if (wantsToStay && !atLimit)
            {
                _offline.Add(session);
                return true;
            }
            _sessions.Remove(session.ClientId);
            return false;
        }
    }

    /// <summary>Adds a session from the state file; false when there is one or the bound is reached.</summary>
    public bool TryRestore(MqttSession session)
    {
        lock (_gate) return _offline.Count < maxOffline && _sessions.TryAdd(session.ClientId, session) && _offline.Add(session);
    }

    /// <summary>Removes and returns sessions whose time is over, and wills that are due.</summary>
    public void TakeDue(long nowMs, List<MqttSession> expired, List<WillMessage> wills)
    {
        lock (_gate)
        {
            foreach (var session in _offline)
            {
                if (nowMs >= session.ExpiresAtMs) expired.Add(session);
                else if (nowMs >= session.WillDueMs && session.Will is { } will)
                {
                    session.Will = null;
                    session.WillDueMs = long.MaxValue;
                    wills.Add(will);
                }
            }
            foreach (var session in expired)
            {
                _offline.Remove(session);
                _sessions.Remove(session.ClientId);
            }
        }
    }

    public MqttSession[] All()
    {
        lock (_gate) return _sessions.Values.ToArray();
    }
}
