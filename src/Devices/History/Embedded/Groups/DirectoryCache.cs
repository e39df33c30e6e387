namespace Fengsui.Devices.History.Embedded.Groups;

/// <summary>Verified directory blocks of all groups, bounded in number; the least recently used goes first.</summary>
internal sealed class DirectoryCache(int maxBlocks)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Group, int Block), LinkedListNode<((long Group, int Block) Key, DirectoryEntry[] Entries)>> _nodes = [];
    private readonly LinkedList<((long Group, int Block) Key, DirectoryEntry[] Entries)> _recent = [];

    public bool TryGet(long group, int block, out DirectoryEntry[] entries)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue((group, block), out var node))
            {
                entries = [];
                return false;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            entries = node.Value.Entries;
            return true;
        }
    }

    public void Add(long group, int block, DirectoryEntry[] entries)
    {
        lock (_gate)
        {
            var key = (group, block);
            if (_nodes.ContainsKey(key))
                return;
            if (_nodes.Count >= maxBlocks)
            {
                _nodes.Remove(_recent.Last!.Value.Key);
                _recent.RemoveLast();
            }

            _nodes[key] = _recent.AddFirst((key, entries));
        }
    }
}
