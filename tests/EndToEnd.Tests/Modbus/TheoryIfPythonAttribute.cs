using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Modbus;

/// <summary>A theory that needs the system's Python and something that it can import; skipped by the name of its package where it is not installed.</summary>
public sealed class TheoryIfPythonAttribute : TheoryAttribute
{
    public const string Python = "/usr/bin/python3";

    public TheoryIfPythonAttribute(string statement, string package)
    {
        if (!Runs(statement))
        {
            Skip = package + " is not installed";
        }
    }

    private static bool Runs(string statement)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", statement]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
