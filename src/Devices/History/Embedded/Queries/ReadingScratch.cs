namespace Fengsui.Devices.History.Embedded.Queries;

/// <summary>What readers of readings use again and again; for one thread, and for one <see cref="ReadingMerge"/> at a time.</summary>
internal sealed class ReadingScratch(DamageLog damage)
{
    public ChunkLoader Loader { get; } = new(damage);

    public Stack<ReadingCursor> Spare { get; } = new();
}
