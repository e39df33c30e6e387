using Fengsui.Devices.Actors;

namespace Fengsui.Devices.Shards;

/// <summary>How actors are spread over threads.</summary>
public sealed class ShardOptions
{
    /// <summary>Most shards that a placement can name.</summary>
    public const int MaxCount = 64;

    /// <summary>
    /// Shards, one thread each; 0 picks half of the processors, at least one: the other half reads sockets and commits.
    /// Any number gives the same alerts.
    /// </summary>
    public int Count { get; init; }

    public ActorOptions Actors { get; init; } = new();

    /// <summary>Bytes of unflushed history in one shard at which a flush is asked for. 24 MiB: a few seconds at full rate.</summary>
    public long HistoryFlushBytes { get; init; } = 24 * 1024 * 1024;

    public int EffectiveCount => Count > 0 ? Math.Min(Count, MaxCount) : Math.Clamp(Environment.ProcessorCount / 2, 1, 16);
}
