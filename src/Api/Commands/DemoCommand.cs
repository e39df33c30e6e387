using System.CommandLine;
using Fengsui.Api.Commands.Demo;
using Fengsui.Api.Configuration;
using Fengsui.Api.Hosting;
using Fengsui.Fleet;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui demo</c>: a server, six simulated devices, and what they set off, in one terminal.</summary>
internal sealed class DemoCommand(CommandTerminal terminal)
{
    private readonly Option<string> _data = new("--data") { Description = "Keep the data in this directory [default: a temporary one]", HelpName = "DIR" };
    private readonly Option<string> _mqttPort = new("--mqtt-port") { Description = "MQTT port [default: 1883, or a free one]", HelpName = "N" };
    private readonly Option<string> _httpPort = new("--http-port") { Description = "HTTP port [default: 8080, or a free one]", HelpName = "N" };
    private readonly Option<string> _duration = new("--duration") { Description = "Stop after this time [default: until Ctrl+C]", HelpName = "TIME" };

    public ExampledCommand Create()
    {
        var command = new ExampledCommand(
            "demo",
            "Run a server with a few simulated devices: readings, a rule firing, an alert going out and clearing, within ten seconds.",
            "fengsui demo",
            "fengsui demo --duration 30s")
        {
            _data, _mqttPort, _httpPort, _duration,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancel)
    {
        using var signal = new StopSignal();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
        if (result.GetValue(_duration) is { } text)
            stop.CancelAfter(DurationText.TryParse(text, out var ms) && ms > 0 ? TimeSpan.FromMilliseconds(ms) : throw new OperatorMistakeException($"--duration must be {DurationText.Expected}"));
        using var directory = new DemoDirectory();
        var (host, bound) = await StartAsync(result, directory, stop.Token);
        await using (host)
        {
            await terminal.Output.WriteLineAsync(bound.StartupLine);
            try
            {
                var fleet = new FleetRunner(FleetProfiles.Demo(bound.Mqtt.Address.ToString(), bound.Mqtt.Port));
                var view = new DemoView(bound.HttpAddress, terminal.Output, TimeProvider.System);
                await Task.WhenAll(view.RunAsync(stop.Token), fleet.RunAsync(stop.Token));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await host.StopAsync();
            }
        }

        return ExitCodes.Ok;
    }

    /// <summary>On the usual ports, or where these are taken and nobody asked for them, on free ones.</summary>
    private async Task<(ServerHost Host, BoundEndPoints Bound)> StartAsync(ParseResult result, DemoDirectory directory, CancellationToken stop)
    {
        var (mqtt, http) = (result.GetValue(_mqttPort), result.GetValue(_httpPort));
        try
        {
            return await StartAsync(mqtt, http, result, directory, stop);
        }
        catch (EnvironmentException) when (mqtt is null || http is null)
        {
            return await StartAsync(mqtt ?? "0", http ?? "0", result, directory, stop);
        }
    }

    private async Task<(ServerHost Host, BoundEndPoints Bound)> StartAsync(
        string? mqtt, string? http, ParseResult result, DemoDirectory directory, CancellationToken stop)
    {
        var overrides = new List<CommandLineOverride> { new("logging.level", "warning", "demo") };
        if (mqtt is not null)
            overrides.Add(new CommandLineOverride("server.mqtt_port", mqtt, "--mqtt-port"));
        if (http is not null)
            overrides.Add(new CommandLineOverride("server.http_port", http, "--http-port"));
        var configuration = ConfigurationLoader.Load(new ConfigurationSources(
            directory.Config, result.GetValue(_data) ?? directory.Data, new Dictionary<string, string>(), overrides));
        if (!ConfigurationReport.Accept(configuration.Mistakes, configuration.ConfigDirectory, terminal))
        {
            throw new OperatorMistakeException("the demo cannot start");
        }

        SocketSettings.Apply(configuration.Options.Server);
        var host = ServerHost.Create(configuration, Composition.Services(logToConsole: true));
        try
        {
            return (host, await host.StartAsync(stop));
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }
}
