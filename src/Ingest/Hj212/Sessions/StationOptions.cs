using Fengsui.Ingest.Hj212.Reports;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>What all connections of one source share.</summary>
/// <param name="About">What dead letters of this source are filed under.</param>
/// <param name="Stations">Who may report.</param>
/// <param name="Factors">What codes become.</param>
internal sealed record StationOptions(byte[] About, StationDirectory Stations, FactorMap Factors);
