namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Up to where the alert log is known from elsewhere: it need be read from the segment after that only.</summary>
/// <param name="Count">Entries that are known.</param>
/// <param name="LastPosition">The journal position of the last of them.</param>
/// <param name="Chain">The chain value behind it.</param>
internal sealed record AlertLogResume(long Count, long LastPosition, byte[] Chain);
