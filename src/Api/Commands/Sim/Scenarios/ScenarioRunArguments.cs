using System.CommandLine;
using Fengsui.Api.Hosting;
using Fengsui.Scenarios.Live;

namespace Fengsui.Api.Commands.Sim.Scenarios;

/// <summary>The options of <c>fengsui sim scenario run</c>.</summary>
internal sealed class ScenarioRunArguments
{
    private const int MaxSeeds = 10_000;
    private const double MaxSpeed = 1_000;

    private readonly Argument<string> _name = new("SCENARIO") { Description = "A file, or the name of a shipped scenario" };
    private readonly Option<ulong> _seed = New("--seed", "Everything that chance decides follows from it", 1UL);
    private readonly Option<int> _seeds = New("--seeds", "Play so many seeds, one after the other", 1);
    private readonly Option<bool> _offline = New("--offline", "Without a server: through the decoders and the engine in memory, hours in seconds", false);
    private readonly Option<string?> _rules = new("--rules") { Description = "Rules for --offline: a configuration directory or a folder of rules [default: the shipped packs]", HelpName = "DIR" };
    private readonly Option<string?> _out = new("--out") { Description = "Write truth.jsonl, alerts.jsonl and timeline.svg (and .png, where rsvg-convert is installed) into this directory", HelpName = "DIR" };
    private readonly Option<double> _speed = New("--speed", "How many times faster than it happens; for scenarios that lean on no clock but their own", 1.0);
    private readonly Option<string> _url = New("--url", "The server's HTTP address; the API key, where one is needed, is read from FENGSUI_API_KEY", "http://127.0.0.1:8080");
    private readonly Option<int> _mqttPort = New("--mqtt-port", "Its MQTT port; user name and password, where they are needed, are read from FENGSUI_MQTT_USER and FENGSUI_MQTT_PASSWORD", 1883);
    private readonly Option<int> _vehiclePort = New("--vehicle-port", "The port of its jt808 source", 8808);

    public void AddTo(Command command)
    {
        command.Add(_name);
        Option[] all = [_seed, _seeds, _offline, _rules, _out, _speed, _url, _mqttPort, _vehiclePort];
        Array.ForEach(all, command.Add);
    }

    public ScenarioRunRequest Read(ParseResult result)
    {
        var (speed, seeds, isOffline, rules) = (result.GetValue(_speed), result.GetValue(_seeds), result.GetValue(_offline), result.GetValue(_rules));
        Require(speed is >= 1 and <= MaxSpeed, $"--speed must be from 1 to {MaxSpeed}");
        Require(seeds is >= 1 and <= MaxSeeds, $"--seeds must be from 1 to {MaxSeeds}");
        Require(rules is null || isOffline, "--rules is for --offline: a server has its own rules");
        Require(speed == 1 || !isOffline, "--speed is for a server: --offline is as fast as it can");
        return new ScenarioRunRequest(result.GetRequiredValue(_name), result.GetValue(_seed), seeds, isOffline, rules, result.GetValue(_out), Server(result, speed));
    }

    private LiveOptions Server(ParseResult result, double speed)
    {
        var url = result.GetRequiredValue(_url);
        Require(Uri.TryCreate(url, UriKind.Absolute, out var server) && server.Scheme is "http" or "https", $"--url: '{url}' is not an http or https address");
        return new LiveOptions
        {
            Http = server!,
            MqttHost = server!.DnsSafeHost,
            MqttPort = result.GetValue(_mqttPort),
            VehiclePort = result.GetValue(_vehiclePort),
            ApiKey = Environment.GetEnvironmentVariable("FENGSUI_API_KEY"),
            UserName = Environment.GetEnvironmentVariable("FENGSUI_MQTT_USER"),
            Password = Environment.GetEnvironmentVariable("FENGSUI_MQTT_PASSWORD"),
            Speed = speed,
        };
    }

    private static void Require(bool isRight, string otherwise)
    {
        if (!isRight)
        {
            throw new OperatorMistakeException(otherwise);
        }
    }

    private static Option<T> New<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
