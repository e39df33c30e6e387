using Fengsui.Api.Commands.Sim.Scenarios;

namespace Fengsui.Api.Commands.Sim;

/// <summary><c>fengsui sim</c>: things of the field that do not exist, for trying out what is connected to them.</summary>
internal static class SimCommand
{
    /// <summary>The command and its sub-commands.</summary>
    public static IReadOnlyList<ExampledCommand> Create(CommandTerminal terminal)
    {
        ExampledCommand[] simulators = [BleSimCommand.Create(terminal), ModbusSimCommand.Create(terminal), VehiclesSimCommand.Create(terminal)];
        var scenarios = ScenarioCommand.Create(terminal);
        var command = new ExampledCommand("sim", "Simulate devices that the server polls, or that connect to it by a field protocol.", [.. simulators.Append(scenarios[0]).Select(one => one.Examples[0])]);
        Array.ForEach(simulators, command.Add);
        command.Add(scenarios[0]);
        return [command, .. simulators, .. scenarios];
    }
}
