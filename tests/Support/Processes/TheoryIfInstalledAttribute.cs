using Xunit;

namespace Fengsui.Support.Processes;

/// <summary>A theory that needs a program of the system; skipped by name where it is not installed.</summary>
public sealed class TheoryIfInstalledAttribute : TheoryAttribute
{
    public TheoryIfInstalledAttribute(string program)
    {
        if (Programs.Find(program) is null)
        {
            Skip = program + " is not installed";
        }
    }
}
