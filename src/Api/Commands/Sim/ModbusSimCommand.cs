using Fengsui.Api.Hosting;
using Fengsui.Modbus;

namespace Fengsui.Api.Commands.Sim;

/// <summary><c>fengsui sim modbus</c>: a farm of Modbus slaves.</summary>
internal static class ModbusSimCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new ModbusSimArguments();
        var command = new ExampledCommand(
            "modbus",
            "Simulate Modbus slaves on one or many ports, with faults, and measure when they are asked.",
            "fengsui sim modbus --port 15020 --units 10",
            "fengsui sim modbus --port 15020 --ports 200 --period 100ms --duration 20s --json",
            "fengsui sim modbus --units 20 --fault late --fault wrong-unit --fault-share 0.5 --truth truth.jsonl",
            "fengsui sim modbus --framing rtu --units 5");
        arguments.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            return await FarmCommand.RunAsync(arguments.Read(result), arguments.IsJson(result), terminal.Output, stop.Token);
        });
        return command;
    }
}
