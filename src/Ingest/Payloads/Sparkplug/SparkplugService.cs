using System.Collections.Concurrent;
using System.Text;
using Fengsui.Ingest.Mqtt.Server;
using Fengsui.Ingest.Sources;

namespace Fengsui.Ingest.Payloads.Sparkplug;

/// <summary>
/// The nodes that all connections report of, and the host's side of the protocol: requests for rebirth, and its own state. A node's messages may
/// come over any connection, its death comes over none.
/// </summary>
internal sealed class SparkplugService : IPayloadService
{
    private const string Namespace = "spBv1.0";

    private readonly ConcurrentDictionary<byte[], SparkplugNode> _nodes = new(Utf8Names.Comparer);
    private readonly ConcurrentDictionary<byte[], SparkplugNode>.AlternateLookup<ReadOnlySpan<byte>> _byName;
    private readonly MqttBroker? _broker;
    private readonly TimeProvider _time;
    private readonly SourceConnection _report;
    private readonly int _maxNameBytes;
    private readonly long _startedAt;

    public SparkplugService(SparkplugOptions options, SourceContext context, SourceConnection report)
        : this(options, context.Broker, context.Time, report, context.MaxNameBytes)
    {
    }

    internal SparkplugService(SparkplugOptions options, MqttBroker? broker, TimeProvider time, SourceConnection report, int maxNameBytes)
    {
        Options = options;
        _broker = broker;
        _time = time;
        _report = report;
        _maxNameBytes = maxNameBytes;
        _startedAt = time.GetTimestamp();
        _byName = _nodes.GetAlternateLookup<ReadOnlySpan<byte>>();
        Announce(isOnline: true);
    }

    public SparkplugOptions Options { get; }

    public IPayloadDecoder Open() => new SparkplugDecoder(this, _maxNameBytes);

    /// <summary>Null when there is no room for another node.</summary>
    public SparkplugNode? Node(ReadOnlySpan<byte> key)
    {
        if (_byName.TryGetValue(key, out var known))
        {
            return known;
        }

        return _nodes.Count < Options.MaxNodes ? _nodes.GetOrAdd(key.ToArray(), static _ => new SparkplugNode()) : null;
    }

    /// <summary>Asks a node to say again what it is, unless it was asked just now. Call with the node's lock free: subscribers are told at once.</summary>
    public void AskRebirth(SparkplugNode node, in SparkplugTopic topic)
    {
        lock (node.Gate)
        {
            if (!node.TryAskRebirth((long)_time.GetElapsedTime(_startedAt).TotalMilliseconds, Options.RebirthIntervalMs))
            {
                return;
            }
        }

        var command = SparkplugCommand.Rebirth(NowMs());
        _broker?.Publish($"{Namespace}/{Encoding.UTF8.GetString(topic.Group)}/NCMD/{Encoding.UTF8.GetString(topic.Edge)}", command, qos: 0, retain: false);
        _report.Sent(command.Length);
    }

    /// <summary>Counts a message that was delivered twice.</summary>
    public void Repeated() => _report.Repeated();

    public void Dispose() => Announce(isOnline: false);

    private void Announce(bool isOnline)
    {
        if (Options.Host.Length > 0)
        {
            _broker?.Publish($"{Namespace}/STATE/{Options.Host}", SparkplugCommand.State(isOnline, NowMs()), qos: 1, retain: true);
        }
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
