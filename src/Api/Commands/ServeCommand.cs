using System.CommandLine;
using Fengsui.Api.Configuration;
using Fengsui.Api.Hosting;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui serve</c>, and <c>fengsui</c> alone.</summary>
internal sealed class ServeCommand(CommandTerminal terminal)
{
    private readonly ServerArguments _arguments = new();

    public ExampledCommand Create()
    {
        var command = new ExampledCommand(
            "serve",
            "Run the server until it is told to stop (SIGTERM, Ctrl+C).",
            "fengsui serve",
            "fengsui serve --config /etc/fengsui --data /var/lib/fengsui",
            "fengsui serve --mqtt-port 0 --http-port 0",
            "FENGSUI_MQTT_PORT=1884 fengsui serve --set logging.level=debug");
        AddTo(command);
        return command;
    }

    public void AddTo(Command command)
    {
        _arguments.AddTo(command);
        command.SetAction((result, cancel) => RunAsync(ConfigurationLoader.Load(_arguments.Read(result)), cancel));
    }

    private async Task<int> RunAsync(LoadedConfiguration configuration, CancellationToken cancel)
    {
        if (!ConfigurationReport.Accept(configuration.Mistakes, configuration.ConfigDirectory, terminal))
        {
            return ExitCodes.Usage;
        }

        SocketSettings.Apply(configuration.Options.Server);
        using var signal = new StopSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
        await using var host = ServerHost.Create(configuration, Composition.Services(logToConsole: true));
        try
        {
            var bound = await host.StartAsync(stop.Token);
            await terminal.Output.WriteLineAsync(bound.StartupLine);
            await terminal.Output.FlushAsync(stop.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await host.StopAsync();
        }

        return ExitCodes.Ok;
    }
}
