namespace Fengsui.Devices.Replay;

/// <summary>What a <see cref="SlowRun"/> has just processed.</summary>
/// <param name="Index">Of the row in its batch; −1 when it was no row.</param>
/// <param name="Device">Of the row; −1 when it was no row.</param>
/// <param name="Source">Who sent the row; <c>tick</c> or <c>journal</c> when it was no row.</param>
internal readonly record struct SlowEntry(long Position, int Index, int Device, long ReceiveMs, string Source);
