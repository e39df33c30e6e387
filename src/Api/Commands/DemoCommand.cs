using System.CommandLine;
using System.Globalization;
using Fengsui.Api.Configuration;
using Fengsui.Api.Demo;
using Fengsui.Api.Hosting;
using Fengsui.Fleet;
using Fengsui.Ingest.Mqtt.Client;
using Fengsui.Ingest.Mqtt.Codec;
using Spectre.Console;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui demo</c>: a server, six simulated devices, and what a subscriber sees.</summary>
internal static class DemoCommand
{
    private const int DefaultMqttPort = 1883;

    /// <summary>A line is not broken, whatever the terminal says of its width: some say 80 where there is no terminal.</summary>
    private const int MinWidth = 400;

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var seconds = new Option<double?>("--seconds") { Description = "Stop after so many seconds [default: run until Ctrl+C]", HelpName = "N" };
        var data = new Option<string?>("--data") { Description = "Keep the data in this directory [default: a temporary one]", HelpName = "DIR" };
        var command = new ExampledCommand(
            "demo",
            "Start a server with six simulated devices and show readings, a rule firing, and the alert going out and clearing, within ten seconds.",
            "fengsui demo",
            "fengsui demo --seconds 30 --data ./demo-data");
        command.Add(seconds);
        command.Add(data);
        command.SetAction((result, cancel) => RunAsync(result.GetValue(seconds), result.GetValue(data), terminal, cancel));
        return command;
    }

    private static async Task<int> RunAsync(double? seconds, string? data, CommandTerminal terminal, CancellationToken cancel)
    {
        var scratch = Directory.CreateTempSubdirectory("fengsui-demo-").FullName;
        try
        {
            var config = Path.Combine(scratch, "config");
            DemoConfiguration.WriteTo(config);
            using var signal = new StopSignal();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(signal.Token, cancel);
            if (seconds is { } limit)
            {
                stop.CancelAfter(TimeSpan.FromSeconds(limit));
            }

            await using var host = await StartAsync(config, data ?? Path.Combine(scratch, "data"), stop.Token);
            await ShowAsync(host.EndPoints!, terminal, stop.Token);
            await host.StopAsync();
            return ExitCodes.Ok;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>On the usual ports, or where these are taken on free ones.</summary>
    private static async Task<ServerHost> StartAsync(string config, string data, CancellationToken cancel)
    {
        try
        {
            return await StartAsync(config, data, [], cancel);
        }
        catch (EnvironmentException)
        {
            CommandLineOverride[] free =
            [
                new("server.mqtt_port", "0", "--mqtt-port"),
                new("server.http_port", "0", "--http-port"),
            ];
            return await StartAsync(config, data, free, cancel);
        }
    }

    private static async Task<ServerHost> StartAsync(
        string config, string data, IReadOnlyList<CommandLineOverride> overrides, CancellationToken cancel)
    {
        var sources = ConfigurationSources.None with { ConfigDirectory = config, DataDirectory = data, CommandLine = overrides };
        var configuration = ConfigurationLoader.Load(sources);
        SocketSettings.Apply(configuration.Options.Server);
        var host = ServerHost.Create(configuration, Composition.Services(logToConsole: false));
        try
        {
            await host.StartAsync(cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static async Task ShowAsync(BoundEndPoints endPoints, CommandTerminal terminal, CancellationToken stop)
    {
        var port = endPoints.Mqtt.Port;
        await terminal.Output.WriteLineAsync(endPoints.StartupLine);
        await terminal.Output.WriteLineAsync(Hint(port));
        var fleet = new FleetRunner(FleetProfiles.Demo("127.0.0.1", port));
        await using var client = new MqttClient(new MqttClientOptions { ClientId = "demo-screen", Port = port });
        try
        {
            await client.ConnectAsync(stop);
            await client.SubscribeAsync([Subscription("alerts/#", 1), Subscription("telemetry/#", 0)], stop);
            var pushing = fleet.RunAsync(stop);
            AnsiConsole.Console.Profile.Width = Math.Max(AnsiConsole.Console.Profile.Width, MinWidth);
            await new DemoScreen(AnsiConsole.Console, TimeProvider.System).ShowAsync(client, stop);
            await pushing;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The way a demo ends.
        }
    }

    private static MqttSubscription Subscription(string filter, byte qos) => new(filter, new SubscriptionOptions(qos));

    private static string Hint(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"Six devices push at 10 Hz. Beside it, try:  mosquitto_sub {(port == DefaultMqttPort ? "" : $"-p {port} ")}-t 'alerts/#' -v");
}
