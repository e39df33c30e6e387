using System.Collections.Concurrent;
using System.Text;

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
    private readonly PayloadContext _context;
    private readonly SparkplugBudget _budget;
    private readonly long _startedAt;

    public SparkplugService(SparkplugOptions options, PayloadContext context)
    {
        Options = options;
        _context = context;
        _budget = new SparkplugBudget(options.MaxDeclared);
        _startedAt = context.Time.GetTimestamp();
        _byName = _nodes.GetAlternateLookup<ReadOnlySpan<byte>>();
        Announce(isOnline: true);
    }

    public SparkplugOptions Options { get; }

    public IPayloadDecoder Open() => new SparkplugDecoder(this, _context.MaxNameBytes);

    /// <summary>Null when there is no room for another node.</summary>
    public SparkplugNode? Node(ReadOnlySpan<byte> key)
    {
        if (_byName.TryGetValue(key, out var known))
        {
            return known;
        }

        return _nodes.Count < Options.MaxNodes ? _nodes.GetOrAdd(key.ToArray(), static (_, budget) => new SparkplugNode(budget), _budget) : null;
    }

    /// <summary>Asks a node to say again what it is, unless it was asked just now. Call with the node's lock free: subscribers are told at once.</summary>
    public void AskRebirth(SparkplugNode node, in SparkplugTopic topic)
    {
        lock (node.Gate)
        {
            if (!node.TryAskRebirth((long)_context.Time.GetElapsedTime(_startedAt).TotalMilliseconds, Options.RebirthIntervalMs))
            {
                return;
            }
        }

        var command = SparkplugCommand.Rebirth(NowMs());
        _context.Publish?.Invoke($"{Namespace}/{Encoding.UTF8.GetString(topic.Group)}/NCMD/{Encoding.UTF8.GetString(topic.Edge)}", command, qos: 0, retain: false);
        _context.Report.Sent(command.Length);
    }

    /// <summary>Counts a message that was delivered twice.</summary>
    public void Repeated() => _context.Report.Repeated();

    public void Dispose() => Announce(isOnline: false);

    private void Announce(bool isOnline)
    {
        if (Options.Host.Length > 0)
        {
            _context.Publish?.Invoke($"{Namespace}/STATE/{Options.Host}", SparkplugCommand.State(isOnline, NowMs()), qos: 1, retain: true);
        }
    }

    private long NowMs() => _context.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
