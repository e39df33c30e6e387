using Fengsui.Api.Configuration.Sections;

namespace Fengsui.Api.Streaming;

/// <summary>
/// Fans one source of events out to HTTP clients. Publishing never waits: a client that does not keep up is disconnected
/// and counted, and takes up where it left off with <c>Last-Event-ID</c>, so nothing is lost to it.
/// </summary>
/// <param name="options">Bounds and heartbeat.</param>
/// <param name="replay">Reads the source again: up to so many events after an id, in order; empty at the end.</param>
public sealed class EventStream(StreamSection options, Func<long, int, IReadOnlyList<StreamEvent>> replay, TimeProvider time, ILogger logger)
{
    private readonly Lock _changing = new();
    private volatile StreamClient[] _clients = [];

    public int ClientCount => _clients.Length;

    internal StreamSection Options => options;

    internal TimeProvider Time => time;

    /// <summary>Offers an event to every client that wants it. Call with rising ids, from one thread at a time.</summary>
    public void Publish(in StreamEvent item)
    {
        foreach (var client in _clients)
        {
            if (!client.Offer(item))
            {
                Instruments.StreamsClosedSlow.Add(1);
                Log.SlowStreamClosed(logger, options.MaxQueued);
                Remove(client);
            }
        }
    }

    internal IReadOnlyList<StreamEvent> Replay(long after, int count) => replay(after, count);

    /// <summary>Null when <c>http.streams.max_clients</c> are connected.</summary>
    internal StreamClient? TryAdd(Func<StreamEvent, bool> wants)
    {
        lock (_changing)
        {
            if (_clients.Length >= options.MaxClients)
            {
                Instruments.StreamsRefused.Add(1);
                return null;
            }

            var client = new StreamClient(options.MaxQueued, wants);
            _clients = [.. _clients, client];
            Instruments.StreamClients.Add(1);
            return client;
        }
    }

    internal void Remove(StreamClient client)
    {
        lock (_changing)
        {
            var before = _clients.Length;
            _clients = [.. _clients.Where(other => other != client)];
            Instruments.StreamClients.Add(_clients.Length - before);
        }
    }
}
