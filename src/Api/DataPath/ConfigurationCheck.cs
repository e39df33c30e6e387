using Fengsui.Api.Configuration;
using Fengsui.Api.Configuration.Binding;
using Fengsui.Api.Delivery.Configuration;
using Fengsui.Api.RuleTools;
using Fengsui.Devices.Registry.Files;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Rules;
using Fengsui.Rules.Lint;

namespace Fengsui.Api.DataPath;

/// <summary>Reads devices, rules, sources and receivers as a server would, only to find what is wrong with them, or surely not meant.</summary>
internal static class ConfigurationCheck
{
    /// <param name="configuration">One with a directory.</param>
    /// <param name="asOf">The day whose standards count.</param>
    public static IReadOnlyList<Diagnostic> Find(LoadedConfiguration configuration, DateOnly asOf)
    {
        var directory = configuration.ConfigDirectory;
        var devices = DeviceFileReader.Read(ConfigFiles.Devices(directory)).Diagnostics;
        var facts = new LintFacts { Profiles = RuleCheck.Profiles(configuration), AsOf = asOf };
        var rules = RuleLinter.Lint(ConfigFiles.Rules(directory), facts);
        var sources = SourceFileReader.Read(ConfigFiles.Sources(directory));
        var receivers = ReceiverFileReader.Read(ConfigFiles.ReceiversFile, ConfigFiles.Receivers(directory), SecretReader.OfProcess(directory), ConfigFiles.Bridges(sources)).Diagnostics;
        return [.. devices.Concat(rules).Concat(sources.Diagnostics).Concat(receivers).Select(diagnostic => diagnostic with { File = Path.Combine(directory, diagnostic.File) })];
    }
}
