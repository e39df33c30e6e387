using System.CommandLine;
using Fengsui.Fleet;
using Fengsui.Fleet.Faults;
using Spectre.Console;

namespace Fengsui.Api.Commands;

/// <summary><c>fengsui fleet</c>: simulated devices that push to any MQTT server.</summary>
internal sealed class FleetCommandLine
{
    private static readonly FleetOptions Defaults = new();

    private readonly Option<string> _host = Value("--host", "Server to push to", Defaults.Host);
    private readonly Option<int> _port = Value("--port", "Its MQTT port", Defaults.Port);
    private readonly Option<int> _devices = Value("--devices", "Number of devices", Defaults.Devices);
    private readonly Option<double> _rate = Value("--rate", "Samples a second of each device", Defaults.RateHz);
    private readonly Option<bool> _max = Value("--max", "Send as fast as the server takes it, instead of at --rate", false);
    private readonly Option<int> _connections = Value("--connections", "Connections that the devices share", Defaults.Connections);
    private readonly Option<int> _qos = Value("--qos", "0, 1 or 2", Defaults.Qos);
    private readonly Option<int> _inFlight = Value("--in-flight", "Unacknowledged messages of a connection", Defaults.InFlight);
    private readonly Option<int> _perWrite = Value("--per-write", "Messages in one socket write", Defaults.MessagesPerWrite);
    private readonly Option<PayloadForm> _form = Value("--form", "flat, ts, array or gateway", Defaults.Form);
    private readonly Option<int> _values = Value("--values", "Values in a sample", Defaults.ValuesPerPoint);
    private readonly Option<double?> _seconds = Value<double?>("--seconds", "Stop after so many seconds", null);
    private readonly Option<long?> _messages = Value<long?>("--messages", "Stop after so many messages", null);
    private readonly Option<ulong> _seed = Value("--seed", "Every value and fault follows from it", Defaults.Seed);
    private readonly Option<long?> _start = Value<long?>("--start-ms", "Event time of the first sample, Unix ms; makes a run repeatable to the byte", null);
    private readonly Option<int> _version = Value("--mqtt-version", "4 for MQTT 3.1.1, 5 for 5.0", Defaults.ProtocolVersion);
    private readonly Option<string?> _user = Value<string?>("--user", "User name", null);
    private readonly Option<string?> _passwordFile = Value<string?>("--password-file", "File with the password", null);
    private readonly Option<string[]> _faults = new("--fault") { Description = "Kinds of fault to inject", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _faultShare = Value("--fault-share", "Share of the devices that are faulty, 0 to 1", 0.1);
    private readonly Option<string?> _truth = Value<string?>("--truth", "File for what was truly injected (JSON lines)", null);
    private readonly Option<string?> _acked = Value<string?>("--acked-log", "File for every acknowledged sample (JSON lines)", null);
    private readonly Option<bool> _json = Value("--json", "Print the summary as JSON and nothing else", false);
    private readonly Option<bool> _quiet = Value("--quiet", "No progress", false);

    public static ExampledCommand Create(CommandTerminal terminal)
    {
        var line = new FleetCommandLine();
        line._faults.AcceptOnlyFromAmong([.. FaultNames.All]);
        var command = new ExampledCommand(
            "fleet",
            "Simulate devices that push telemetry to an MQTT server, with faults, and measure it. Exit code 1 when something was refused or not acknowledged.",
            "fengsui fleet --devices 100 --seconds 30",
            "fengsui fleet --devices 10000 --connections 50 --max --per-write 16 --seconds 10",
            "fengsui fleet --devices 20 --fault heat gas-leak --fault-share 0.5 --truth truth.jsonl --seconds 60",
            "fengsui fleet --seed 7 --start-ms 1767225600000 --messages 10000 --json");
        foreach (var option in line.All())
        {
            command.Add(option);
        }

        command.SetAction((result, cancel) => FleetCommand.RunAsync(line.Read(result), AnsiConsole.Console, cancel));
        return command;
    }

    private Option[] All() =>
    [
        _host, _port, _devices, _rate, _max, _connections, _qos, _inFlight, _perWrite, _form, _values, _seconds, _messages,
        _seed, _start, _version, _user, _passwordFile, _faults, _faultShare, _truth, _acked, _json, _quiet,
    ];

    private FleetCommandOptions Read(ParseResult result) => new()
    {
        Json = result.GetValue(_json),
        Progress = !result.GetValue(_quiet),
        Fleet = new FleetOptions
        {
            Host = result.GetValue(_host)!,
            Port = result.GetValue(_port),
            Devices = result.GetValue(_devices),
            RateHz = result.GetValue(_rate),
            Unthrottled = result.GetValue(_max),
            Connections = result.GetValue(_connections),
            Qos = result.GetValue(_qos),
            InFlight = result.GetValue(_inFlight),
            MessagesPerWrite = result.GetValue(_perWrite),
            Form = result.GetValue(_form),
            ValuesPerPoint = result.GetValue(_values),
            Duration = result.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Messages = result.GetValue(_messages),
            Seed = result.GetValue(_seed),
            StartMs = result.GetValue(_start),
            ProtocolVersion = result.GetValue(_version),
            UserName = result.GetValue(_user),
            Password = result.GetValue(_passwordFile) is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : null,
            TruthPath = result.GetValue(_truth),
            AckedLogPath = result.GetValue(_acked),
            Faults = new FaultOptions { Kinds = [.. (result.GetValue(_faults) ?? []).Select(Kind)], Share = result.GetValue(_faultShare) },
        },
    };

    private static FaultKind Kind(string name) => FaultNames.TryParse(name, out var kind) ? kind : FaultKind.None;

    private static Option<T> Value<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
