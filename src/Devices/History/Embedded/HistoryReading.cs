using Fengsui.Rules.Model;

namespace Fengsui.Devices.History.Embedded;

/// <summary>One stored reading with where it came from.</summary>
/// <param name="EventTimeMs">Milliseconds since the Unix epoch, by the device's clock.</param>
/// <param name="Value">Bit for bit as it was received.</param>
/// <param name="ReceiveTimeMs">Milliseconds since the Unix epoch, by the journal's clock.</param>
/// <param name="Source">The source id that the row carried.</param>
public readonly record struct HistoryReading(
    long EventTimeMs, double Value, Quality Quality, long JournalPosition, long ReceiveTimeMs, int Source);
