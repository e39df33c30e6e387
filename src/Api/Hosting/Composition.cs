using Fengsui.Api.DataPath;

namespace Fengsui.Api.Hosting;

/// <summary>Where the parts of the real server are chosen.</summary>
internal static class Composition
{
    public static HostServices Services(bool logToConsole) =>
        new(context => new TelemetryDataPath(context), TimeProvider.System, logToConsole);
}
