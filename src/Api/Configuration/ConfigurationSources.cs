namespace Fengsui.Api.Configuration;

/// <summary>What a configuration is read from, besides the defaults in the code.</summary>
/// <param name="ConfigDirectory"><c>--config</c>, or null.</param>
/// <param name="DataDirectory"><c>--data</c>, or null.</param>
/// <param name="Environment">Environment variables; those that begin with <c>FENGSUI_</c> matter.</param>
/// <param name="CommandLine">Options of the command line by path, with the words that gave them.</param>
public sealed record ConfigurationSources(
    string? ConfigDirectory,
    string? DataDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<CommandLineOverride> CommandLine)
{
    public static ConfigurationSources None { get; } = new(null, null, new Dictionary<string, string>(), []);
}
