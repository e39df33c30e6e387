namespace Fengsui.Devices.Engine;

/// <summary>How the engine came up.</summary>
/// <param name="SnapshotPosition">Journal position of the snapshot used; 0 without one.</param>
/// <param name="EndPosition">Journal position at which recovery ended.</param>
public sealed record EngineRecovery(long SnapshotPosition, long EndPosition, long Blocks, long Batches, TimeSpan Elapsed);
