using Fengsui.Devices.Shards;

namespace Fengsui.Devices.Engine;

/// <summary>What the shards have done since this process started, added up.</summary>
public sealed record EngineCounters(
    long Rows,
    long Readings,
    long Duplicates,
    long LateReadings,
    long Transitions,
    long QuarantinedRows,
    long ShardFaults,
    long LiveActors,
    long PassiveActors,
    string? LastFault)
{
    internal static EngineCounters Of(IReadOnlyList<Shard> shards) => new(
        shards.Sum(shard => shard.Stats.Rows),
        shards.Sum(shard => shard.Stats.Readings),
        shards.Sum(shard => shard.Stats.Duplicates),
        shards.Sum(shard => shard.Stats.LateReadings),
        shards.Sum(shard => shard.Stats.Transitions),
        shards.Sum(shard => shard.Stats.QuarantinedRows),
        shards.Sum(shard => shard.Faults),
        shards.Sum(shard => shard.Stats.LiveActors),
        shards.Sum(shard => shard.Stats.PassiveActors),
        shards.Select(shard => shard.LastFault).FirstOrDefault(fault => fault is not null));
}
