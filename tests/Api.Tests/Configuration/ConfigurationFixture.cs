using Fengsui.Api.Configuration;

namespace Fengsui.Api.Tests.Configuration;

/// <summary>A configuration directory in the temporary folder, gone when the test ends.</summary>
internal sealed class ConfigurationFixture : IDisposable
{
    public ConfigurationFixture(string? yaml = null)
    {
        Path = Directory.CreateTempSubdirectory("fengsui-config-").FullName;
        if (yaml is not null)
            Write(ConfigurationLoader.FileName, yaml);
    }

    public string Path { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public List<CommandLineOverride> CommandLine { get; } = [];

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public LoadedConfiguration Load() =>
        ConfigurationLoader.Load(new ConfigurationSources(Path, System.IO.Path.Combine(Path, "data"), Environment, CommandLine));

    /// <summary>The mistakes, with the directory taken off their places.</summary>
    public string[] Mistakes() => [.. Load().Mistakes.Select(mistake => mistake.Replace(Path + "/", "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
