using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>A theory that needs the system's Python with pymodbus; skipped by name where it is not installed.</summary>
public sealed class TheoryIfPymodbusAttribute : TheoryAttribute
{
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> Installed = new(IsInstalled);

    public TheoryIfPymodbusAttribute()
    {
        if (!Installed.Value)
        {
            Skip = "python3-pymodbus is not installed";
        }
    }

    private static bool IsInstalled()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import pymodbus.server"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
