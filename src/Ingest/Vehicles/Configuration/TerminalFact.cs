namespace Fengsui.Ingest.Vehicles.Configuration;

/// <summary>One terminal as the configuration declares it.</summary>
/// <param name="Phone">Digits without zeros in front.</param>
/// <param name="Device">The id of its device; null for that of the template.</param>
/// <param name="CodeFile">Holds its authentication code; null for one that is derived, or none.</param>
internal sealed record TerminalFact(string Phone, string? Device, string? CodeFile);
