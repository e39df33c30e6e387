using Fengsui.Api.Hosting;
using Fengsui.Ble;
using Fengsui.Ble.Wire;

namespace Fengsui.Api.Commands.Sim;

/// <summary><c>fengsui sim ble</c>: smart locks, and gateways that hear them.</summary>
internal static class BleSimCommand
{
    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var arguments = new BleSimArguments();
        var command = new ExampledCommand(
            "ble",
            "Simulate Bluetooth locks with encrypted adverts, and gateways that report them over TCP.",
            "fengsui sim ble --locks 20 --gateways 3 --heard 2 --write-keys config/secrets/ble-keys",
            "fengsui sim ble --fault replay --fault downgrade --fault unlock --truth truth.jsonl",
            "fengsui sim ble --adverts 1000 --unthrottled --json");
        arguments.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            var options = arguments.Read(result);
            if (arguments.KeysPath(result) is { } path && options.Validate().Count == 0)
            {
                LockKey.WriteFile(path, options);
            }

            return await LocksCommand.RunAsync(options, arguments.IsJson(result), terminal.Output, stop.Token);
        });
        return command;
    }
}
