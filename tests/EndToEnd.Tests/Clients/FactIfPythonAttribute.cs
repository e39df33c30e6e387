using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Clients;

/// <summary>A fact that needs a module of the system's Python; skipped by the name of its package where it is not installed.</summary>
public sealed class FactIfPythonAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    public FactIfPythonAttribute(string module, string package)
    {
        if (!IsInstalled(module))
        {
            Skip = package + " is not installed";
        }
    }

    private static bool IsInstalled(string module)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import " + module]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
