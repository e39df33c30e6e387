using System.Reflection;

namespace Fengsui.Api;

/// <summary>The version that this program was built as.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
