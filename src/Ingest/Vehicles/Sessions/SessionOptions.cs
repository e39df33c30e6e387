using Fengsui.Ingest.Vehicles.Reports;

namespace Fengsui.Ingest.Vehicles.Sessions;

/// <summary>What all connections of one source share.</summary>
/// <param name="About">What dead letters of this source are filed under.</param>
/// <param name="Terminals">Who may connect.</param>
/// <param name="IsRegistrationOpen">Whether a registration is answered with the code, or the code was put into the terminal by hand.</param>
/// <param name="CargoDoors">The doors whose opening is <c>cargo.door</c>.</param>
/// <param name="LoginTimeout">A peer that has not shown by then who it is, is closed.</param>
internal sealed record SessionOptions(
    byte[] About, TerminalDirectory Terminals, bool IsRegistrationOpen, StatusBits CargoDoors, TimeSpan LoginTimeout);
