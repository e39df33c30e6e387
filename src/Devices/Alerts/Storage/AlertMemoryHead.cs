namespace Fengsui.Devices.Alerts.Storage;

/// <summary>The first line of an <see cref="AlertMemoryFile"/>.</summary>
/// <param name="Count">Entries of the log that it stands for.</param>
/// <param name="Chain">The log's chain value behind them, in hex.</param>
/// <param name="Alerts">Alerts that were ever numbered.</param>
internal sealed record AlertMemoryHead(int Version, long Count, long LastPosition, string Chain, long Alerts);
