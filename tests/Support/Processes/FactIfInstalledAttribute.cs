using Xunit;

namespace Fengsui.Support.Processes;

/// <summary>A fact that needs a program of the system; skipped by name where it is not installed.</summary>
public sealed class FactIfInstalledAttribute : FactAttribute
{
    public FactIfInstalledAttribute(string program)
    {
        if (Programs.Find(program) is null)
        {
            Skip = program + " is not installed";
        }
    }
}
