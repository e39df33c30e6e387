using Fengsui.Api.Configuration;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui check</c>: finds every mistake without starting anything.</summary>
internal static class CheckCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new ServerArguments();
        var command = new ExampledCommand(
            "check",
            "Find every mistake in the configuration, without starting anything. Exit code 0 when there is none, 2 otherwise.",
            "fengsui check",
            "fengsui check --config /etc/fengsui");
        arguments.AddTo(command);
        command.SetAction(result => Run(ConfigurationLoader.Load(arguments.Read(result)), terminal));
        return command;
    }

    private static int Run(LoadedConfiguration configuration, CommandTerminal terminal)
    {
        foreach (var warning in configuration.Warnings)
        {
            terminal.Output.WriteLine(warning);
        }

        if (!ConfigurationReport.Accept(configuration, terminal))
        {
            return ExitCodes.Usage;
        }

        var what = configuration.HasConfigDirectory ? configuration.ConfigDirectory : $"built-in defaults (there is no {configuration.ConfigDirectory})";
        terminal.Output.WriteLine($"ok: {what}");
        return ExitCodes.Ok;
    }
}
