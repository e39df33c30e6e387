namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary><c>fengsui sim scenario</c>: things that happen, with the truth about them.</summary>
internal static class ScenarioCommand
{
    /// <summary>The command and its sub-commands.</summary>
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        ExampledCommand[] commands = [ScenarioListCommand.Create(terminal), ScenarioRunCommand.Create(terminal), ScenarioConfigCommand.Create(terminal)];
        var command = new ExampledCommand(
            "scenario",
            "Play scenarios whose truth is known: a store that grows warm, a leak, a lock, a permit, a truck, stale values, a wrong clock.",
            [.. commands.Select(one => one.Examples[0])]);
        Array.ForEach(commands, command.Add);
        return [command, .. commands];
    }
}
