namespace Fengsui.Ingest.Hj212.Configuration;

/// <summary>One station as the configuration declares it.</summary>
/// <param name="Number">Its MN.</param>
/// <param name="Device">The id of its device; null for that of the template.</param>
/// <param name="PasswordFile">Holds its password; null for that of the source.</param>
internal sealed record StationFact(string Number, string? Device, string? PasswordFile);
