using Fengsui.Api.Hosting;
using Fengsui.Vehicles;

namespace Fengsui.Api.Commands.Sim;

/// <summary><c>fengsui sim vehicles</c>: JT/T 808 terminals on routes.</summary>
internal static class VehiclesSimCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new VehiclesSimArguments();
        var command = new ExampledCommand(
            "vehicles",
            "Simulate JT/T 808 vehicles that drive along routes, and count what is answered.",
            "fengsui sim vehicles --vehicles 20 --rate 1",
            "fengsui sim vehicles --routes config/routes/example.geojson --outage-every 1m --outage 20s",
            "fengsui sim vehicles --version 2019 --positions 1000 --unthrottled --json");
        arguments.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            return await VehiclesCommand.RunAsync(arguments.Read(result), arguments.IsJson(result), terminal.Output, stop.Token);
        });
        return command;
    }
}
