using Fengsui.Ingest.Hj212.Reports;

namespace Fengsui.Ingest.Hj212.Sessions;

/// <summary>What all connections of one source share.</summary>
/// <param name="About">What dead letters of this source are filed under.</param>
/// <param name="Stations">Who may report.</param>
/// <param name="Factors">What codes become.</param>
/// <param name="LoginTimeout">A peer that has sent nothing good by then is closed.</param>
internal sealed record StationOptions(byte[] About, StationDirectory Stations, FactorMap Factors, TimeSpan LoginTimeout);
