using Fengsui.Api.Configuration;
using Fengsui.Api.DataPath;
using Fengsui.Rules;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui check</c>: finds every mistake without starting anything.</summary>
internal static class CheckCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new ServerArguments();
        var command = new ExampledCommand(
            "check",
            "Find every mistake in configuration, devices and rules, without starting anything. Exit code 0 when there is none, 2 otherwise.",
            "fengsui check",
            "fengsui check --config /etc/fengsui");
        arguments.AddTo(command);
        command.SetAction(result => Run(ConfigurationLoader.Load(arguments.Read(result)), terminal));
        return command;
    }

    private static int Run(LoadedConfiguration configuration, CommandTerminal terminal)
    {
        var diagnostics = configuration.HasConfigDirectory ? ConfigurationCheck.Find(configuration, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)) : [];
        var mistakes = configuration.Mistakes.Concat(Of(diagnostics, Severity.Error)).ToArray();
        foreach (var warning in configuration.Warnings.Concat(Of(diagnostics, Severity.Warning)))
        {
            terminal.Output.WriteLine(warning);
        }

        if (!ConfigurationReport.Accept(mistakes, configuration.ConfigDirectory, terminal))
        {
            return ExitCodes.Usage;
        }

        var what = configuration.HasConfigDirectory ? configuration.ConfigDirectory : $"built-in defaults (there is no {configuration.ConfigDirectory})";
        terminal.Output.WriteLine($"ok: {what}");
        return ExitCodes.Ok;
    }

    private static IEnumerable<string> Of(IReadOnlyList<Diagnostic> diagnostics, Severity severity) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == severity).Select(diagnostic => diagnostic.ToString());
}
