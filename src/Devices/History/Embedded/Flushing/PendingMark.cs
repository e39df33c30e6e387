using Fengsui.Devices.History.Embedded.Arenas;

namespace Fengsui.Devices.History.Embedded.Flushing;

/// <summary>A flush mark with the arenas that shards have handed over for it.</summary>
internal sealed class PendingMark(long position, int shardCount)
{
    private readonly bool[] _given = new bool[shardCount];
    private readonly List<HistoryArena> _arenas = [];

    public long Position { get; } = position;

    public bool IsComplete => Array.TrueForAll(_given, given => given);

    /// <summary>By shard, and in the order of filling within a shard.</summary>
    public HistoryArena[] Arenas => [.. _arenas.OrderBy(arena => arena.Shard)];

    public bool HasFrom(int shard) => _given[shard];

    public void Give(int shard, IReadOnlyList<HistoryArena> arenas)
    {
        _given[shard] = true;
        _arenas.AddRange(arenas);
    }
}
