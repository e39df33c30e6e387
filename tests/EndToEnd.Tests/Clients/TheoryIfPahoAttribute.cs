using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>A theory that needs the system's Python with paho-mqtt; skipped by name where it is not installed.</summary>
public sealed class TheoryIfPahoAttribute : TheoryAttribute
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> Installed = new(IsInstalled);

    public TheoryIfPahoAttribute()
    {
        if (!Installed.Value)
        {
            Skip = "python3-paho-mqtt is not installed";
        }
    }

    private static bool IsInstalled()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import paho.mqtt.client"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
