using Fengsui.Devices.Registry.Files;
using Fengsui.Rules;

namespace Fengsui.Api.DataPath;

/// <summary>Reads devices and rules as a server would, only to find what is wrong with them.</summary>
internal static class ConfigurationCheck
{
    public static IReadOnlyList<Diagnostic> Find(string directory)
    {
        var devices = DeviceFileReader.Read(ConfigFiles.Devices(directory)).Diagnostics;
        var rules = RuleSet.Parse(ConfigFiles.Rules(directory)).Diagnostics;
        return [.. devices.Concat(rules).Select(diagnostic => diagnostic with { File = Path.Combine(directory, diagnostic.File) })];
    }
}
