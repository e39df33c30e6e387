namespace Fengsui.Fleet.Transport;

/// <summary>Picks the best way to wait on sockets that this system has.</summary>
internal static class Readiness
{
    public static IReadiness Create() => OperatingSystem.IsLinux() ? new EpollReadiness() : new SelectReadiness();
}
