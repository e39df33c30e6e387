namespace Fengsui.Ingest.Mqtt.Sessions;

/// <summary>What waits in a session, first in first out. Retained messages on replay are bounded by the retained store instead.</summary>
internal sealed class OutboundQueue(int maxMessages, long maxBytes, int maxReplays)
{
    private readonly Queue<OutboundEntry> _entries = new();
    private int _messages;
    private int _replays;
    private long _bytes;

    public int Count => _entries.Count;

    public bool TryEnqueue(in OutboundEntry entry)
    {
        if (entry.IsReplay ? _replays >= maxReplays : _messages >= maxMessages || _bytes + entry.Message.SizeBytes > maxBytes) return false;
        _entries.Enqueue(entry);
        Account(entry, 1);
        return true;
    }

    public bool TryPeek(out OutboundEntry entry) => _entries.TryPeek(out entry);

    public void Dequeue() => Account(_entries.Dequeue(), -1);

    public OutboundEntry[] ToArray() => _entries.ToArray();

    public void Clear()
    {
        _entries.Clear();
        (_messages, _replays, _bytes) = (0, 0, 0);
    }

    /// <summary>Takes out the messages of shared groups, in order, and leaves the rest in order.</summary>
    public IReadOnlyList<OutboundEntry> TakeShared()
    {
        List<OutboundEntry> shared = [];
        for (var left = _entries.Count; left > 0; left--)
        {
            var entry = _entries.Dequeue();
            if (entry.Group is null) _entries.Enqueue(entry);
            else
            {
                Account(entry, -1);
                shared.Add(entry);
            }
        }
        return shared;
    }

    private void Account(in OutboundEntry entry, int sign)
    {
        if (entry.IsReplay)
        {
            _replays += sign;
            return;
        }
        _messages += sign;
        _bytes += sign * entry.Message.SizeBytes;
    }
}
