namespace Fengsui.Devices.Shards;

/// <summary>What a shard has done, for metrics. Written by the shard, read by anyone; each field is whole on its own.</summary>
internal sealed class ShardStats
{
    public long Rows;
    public long Readings;
    public long Duplicates;
    public long LateReadings;
    public long Transitions;
    public long QuarantinedRows;
    public long LiveActors;
    public long PassiveActors;
    public long Position;
    public long ClockMs;
}
