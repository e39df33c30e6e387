using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Api.Hosting;
using Fengsui.Devices.Registry.Files;
using Fengsui.Devices.Replay;
using Fengsui.Rules;
using Fengsui.Rules.Lint;
using Fengsui.Rules.Model;

namespace Fengsui.Api.RuleTools;

/// <summary>Checks rule files against what is known of devices.</summary>
internal static class RuleCheck
{
    /// <summary>What <c>--strict</c> makes an error of.</summary>
    private static readonly string[] StrictErrors = [LintCodes.AboveCeiling];

    /// <exception cref="OperatorMistakeException">A file or directory is not there.</exception>
    public static RuleCheckResult Run(RuleCheckRequest request)
    {
        var sources = new ConfigurationSources(request.Config, null, new Dictionary<string, string>(StringComparer.Ordinal), []);
        var configuration = ConfigurationLoader.Load(sources);
        if (request.Config is not null && !configuration.HasConfigDirectory)
        {
            throw new OperatorMistakeException($"there is no directory '{request.Config}'");
        }

        var files = Files(request, configuration);
        var facts = new LintFacts
        {
            Profiles = configuration.HasConfigDirectory ? Profiles(configuration) : null,
            Metrics = request.Data is { } data ? Reported(data) : null,
            AsOf = request.AsOf,
        };
        var profiles = facts.Profiles ?? [];
        var set = RuleSet.Parse(files).RuleSet;
        return new RuleCheckResult(
            files.Count,
            [.. RuleLinter.Lint(files, facts).Select(found => request.IsStrict && StrictErrors.Contains(found.Code) ? found with { Severity = Severity.Error } : found)],
            set is null ? [] : StateReport.OfRules(set, profiles),
            set is null ? [] : StateOfDevices(set, profiles));
    }

    /// <summary>The profiles that declared devices have, and the one that others get when they first report.</summary>
    public static IReadOnlyCollection<DeviceProfile> Profiles(LoadedConfiguration configuration) =>
    [
        .. DeviceFileReader.Read(ConfigFiles.Devices(configuration.ConfigDirectory)).Devices.Values.Select(facts => facts.Profile).Distinct(),
        new DeviceProfile(configuration.Options.Devices.Provisioning.DefaultType, []),
    ];

    private static IReadOnlyList<(string Devices, int Bytes)> StateOfDevices(RuleSet set, IReadOnlyCollection<DeviceProfile> profiles) =>
        [.. StateReport.OfProfiles(set, profiles)
            .Select(one => (Devices: string.Join(' ', one.Profile.Labels.Select(label => $"{label.Key}={label.Value}").Prepend(one.Profile.Type)), one.Bytes))
            .Distinct()
            .OrderBy(one => one.Devices, StringComparer.Ordinal)];

    private static IReadOnlySet<string> Reported(string data) =>
        Directory.Exists(Path.Combine(data, "journal")) ? ReportedMetrics.Read(data) : throw new OperatorMistakeException($"--data: there is no journal in '{data}'");

    private static IReadOnlyList<RuleFile> Files(RuleCheckRequest request, LoadedConfiguration configuration)
    {
        if (request.Paths.Count > 0)
        {
            return [.. RulePaths.Expand(request.Paths, RulePaths.IsRuleFile, "rule").Select(path => new RuleFile(path, File.ReadAllText(path)))];
        }

        var directory = request.Config ?? ConfigurationLoader.DefaultConfigDirectory;
        return [.. ConfigFiles.Rules(configuration.ConfigDirectory).Select(file =>
            configuration.HasConfigDirectory ? file with { Path = Path.Combine(directory, file.Path) } : file)];
    }
}
