using System.Diagnostics;

namespace Fengsui.EndToEnd.Tests.Harness;

/// <summary>How the program as built beside these tests is started.</summary>
internal static class FengsuiProgram
{
    public static string Directory { get; } = AppContext.BaseDirectory;

    /// <summary>The configuration that the repository ships.</summary>
    public static string ShippedConfiguration { get; } = Path.Combine(Directory, "config");

    private static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Programs.Find("dotnet") ?? "dotnet";

    public static ProcessStartInfo Start(IEnumerable<string> arguments, string workingDirectory, int? maxOpenFiles = null)
    {
        string[] command = [Dotnet, Path.Combine(Directory, "fengsui.dll"), .. arguments];
        if (maxOpenFiles is { } limit)
        {
            command = ["/bin/sh", "-c", $"ulimit -n {limit}; exec \"$0\" \"$@\"", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var ours in start.Environment.Keys.Where(key => key.StartsWith("FENGSUI_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(ours);
        }

        return start;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static Task<CommandResult> RunAsync(string workingDirectory, params string[] arguments) =>
        Command.RunAsync(Start(arguments, workingDirectory), null, Eventually.Patience);
}
