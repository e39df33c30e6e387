namespace Fengsui.Devices.Snapshots;

/// <summary>A snapshot file, unread.</summary>
/// <param name="ClockMs">The journal's time there, ms since 1970 UTC.</param>
internal readonly record struct SnapshotPlace(long Position, long ClockMs, string Path);
