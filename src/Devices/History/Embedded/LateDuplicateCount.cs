namespace Fengsui.Devices.History.Embedded;

/// <summary>
/// Late readings of one source that turned out, in the flush that ended at <paramref name="Position"/>, to be stored
/// already: the ledger moves them from applied to duplicate.
/// </summary>
public readonly record struct LateDuplicateCount(long Position, int Source, long Readings);
