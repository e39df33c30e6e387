namespace Fengsui.Api.Commands;

/// <summary>Shows an operator every mistake of a configuration, one a line.</summary>
internal static class ConfigurationReport
{
    /// <summary>False, with everything that is wrong on the terminal's error output, when the configuration cannot be used.</summary>
    public static bool Accept(IReadOnlyList<string> mistakes, string directory, CommandTerminal terminal)
    {
        foreach (var mistake in mistakes)
        {
            terminal.Error.WriteLine(mistake);
        }

        if (mistakes.Count > 0)
            terminal.Error.WriteLine($"fengsui: {mistakes.Count} {(mistakes.Count == 1 ? "mistake" : "mistakes")} in the configuration of {directory}");
        return mistakes.Count == 0;
    }
}
