using Fengsui.Api.Configuration;

namespace Fengsui.Api.Commands;

/// <summary>Shows an operator every mistake of a configuration, one a line.</summary>
internal static class ConfigurationReport
{
    /// <summary>False, with everything that is wrong on the terminal's error output, when the configuration cannot be used.</summary>
    public static bool Accept(LoadedConfiguration configuration, CommandTerminal terminal)
    {
        foreach (var mistake in configuration.Mistakes)
        {
            terminal.Error.WriteLine(mistake);
        }

        if (configuration.Mistakes.Count > 0)
        {
            var count = configuration.Mistakes.Count;
            terminal.Error.WriteLine($"fengsui: {count} {(count == 1 ? "mistake" : "mistakes")} in the configuration of {configuration.ConfigDirectory}");
        }

        return configuration.Mistakes.Count == 0;
    }
}
