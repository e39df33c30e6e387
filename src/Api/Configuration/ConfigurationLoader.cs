using Fengsui.Api.Configuration.Binding;
using Fengsui.Rules;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Configuration;

/// <summary>
/// Reads the host's configuration: defaults, beneath <c>fengsui.yaml</c>, beneath the environment, beneath the command
/// line. Finds every mistake in one go.
/// </summary>
public static class ConfigurationLoader
{
    public const string FileName = "fengsui.yaml";

    public const string DefaultConfigDirectory = "config";

    public const string DefaultDataDirectory = "data";

    public static LoadedConfiguration Load(ConfigurationSources sources)
    {
        var chosen = sources.ConfigDirectory ?? sources.Environment.GetValueOrDefault("FENGSUI_CONFIG");
        var directory = chosen ?? DefaultConfigDirectory;
        var data = sources.DataDirectory ?? sources.Environment.GetValueOrDefault("FENGSUI_DATA") ?? DefaultDataDirectory;
        var (options, origins) = (new FengsuiOptions(), new Origins());
        var (mistakes, warnings) = (new List<string>(), new List<string>());

        if (chosen is not null && !Directory.Exists(directory))
        {
            mistakes.Add($"the configuration directory '{chosen}' does not exist");
        }

        BindFile(directory, sources, options, origins, mistakes, warnings);
        var overrides = new OverrideBinder(options, origins, mistakes, warnings);
        overrides.BindEnvironment(sources.Environment);
        overrides.BindCommandLine(sources.CommandLine);
        mistakes.AddRange(OptionChecks.Find(options, origins, directory));
        mistakes.AddRange(Exposure.Find(options, origins));
        return new LoadedConfiguration
        {
            Options = options,
            ConfigDirectory = Path.GetFullPath(directory),
            HasConfigDirectory = Directory.Exists(directory),
            DataDirectory = Path.GetFullPath(data),
            Mistakes = mistakes,
            Warnings = warnings,
        };
    }

    private static void BindFile(
        string directory, ConfigurationSources sources, FengsuiOptions options, Origins origins, List<string> mistakes, List<string> warnings)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
        {
            return;
        }

        var diagnostics = new DiagnosticBag();
        if (Read(file, mistakes) is { } text && YamlDocument.Load(file, text, diagnostics) is { } root)
        {
            var entries = new EntryBinder(options, origins, new SecretReader(directory, sources.Environment));
            new FileBinder(options, origins, entries, diagnostics).Bind(root);
        }

        foreach (var diagnostic in diagnostics.ToSortedList())
        {
            (diagnostic.Severity == Severity.Error ? mistakes : warnings).Add(diagnostic.ToString());
        }
    }

    private static string? Read(string file, List<string> mistakes)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{file}: {e.Message}");
            return null;
        }
    }
}
