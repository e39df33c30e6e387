using System.CommandLine;
using Fengsui.Api.Hosting;
using Fengsui.Fleet;
using Fengsui.Fleet.Faults;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands;

/// <summary>The options of <c>fengsui fleet</c>.</summary>
internal sealed class FleetArguments
{
    private static readonly FleetOptions Defaults = new();

    private readonly Option<string> _host = New("--host", "Server to send to", Defaults.Host);
    private readonly Option<int> _port = New("--port", "Its MQTT port", Defaults.Port);
    private readonly Option<int> _devices = New("--devices", "Simulated devices", Defaults.Devices);
    private readonly Option<double> _rate = New("--rate", "Samples a second of each device", Defaults.RateHz);
    private readonly Option<int> _connections = New("--connections", "MQTT connections that share the devices", Defaults.Connections);
    private readonly Option<int> _qos = New("--qos", "0, 1 or 2", Defaults.Qos);
    private readonly Option<PayloadForm> _form = New("--form", "JSON form: flat, ts, array or gateway", Defaults.Form);
    private readonly Option<int> _values = New("--values", "Values in each sample", Defaults.ValuesPerPoint);
    private readonly Option<int> _points = New("--points", "Samples (array) or devices (gateway) in each message", Defaults.PointsPerMessage);
    private readonly Option<int> _batch = New("--messages-per-write", "Messages gathered into one socket write", Defaults.MessagesPerWrite);
    private readonly Option<int> _inFlight = New("--in-flight", "Unacknowledged messages of one connection", Defaults.InFlight);
    private readonly Option<string?> _duration = New<string?>("--duration", "Stop after this time, such as 30s", null);
    private readonly Option<long?> _messages = New<long?>("--messages", "Stop after this many messages", null);
    private readonly Option<bool> _unthrottled = New("--unthrottled", "Send as fast as the server takes it", false);
    private readonly Option<ulong> _seed = New("--seed", "Every value and fault follows from it", Defaults.Seed);
    private readonly Option<int> _threads = New("--threads", "Sender threads", Defaults.Threads);
    private readonly Option<int> _version = New("--mqtt-version", "4 for MQTT 3.1.1, 5 for 5.0", Defaults.ProtocolVersion);
    private readonly Option<string?> _user = New<string?>("--user", "MQTT user name", null);
    private readonly Option<string?> _passwordFile = New<string?>("--password-file", "File whose first line is the password", null);
    private readonly Option<FaultKind[]> _faults = New<FaultKind[]>("--fault", "Fault to inject: heat, gasleak, dropout, flapping, clockskew, duplicate, reorder, garbage (repeatable)", []);
    private readonly Option<double> _faultShare = New("--fault-share", "Share of the devices that are faulty", Defaults.Faults.Share);
    private readonly Option<string?> _truth = New<string?>("--truth", "Write what was injected to this file", null);
    private readonly Option<string?> _acked = New<string?>("--acked", "Append every acknowledged sample to this file", null);
    private readonly Option<string?> _summary = New<string?>("--summary", "Write the summary as JSON to this file", null);
    private readonly Option<bool> _json = New("--json", "Print the summary as JSON and nothing else", false);

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _host, _port, _devices, _rate, _connections, _qos, _form, _values, _points, _batch, _inFlight, _duration, _messages, _unthrottled,
            _seed, _threads, _version, _user, _passwordFile, _faults, _faultShare, _truth, _acked, _summary, _json,
        ];
        Array.ForEach(all, command.Add);
    }

    public FleetCommandOptions Read(ParseResult result) => new()
    {
        Json = result.GetValue(_json),
        SummaryPath = result.GetValue(_summary),
        Fleet = new FleetOptions
        {
            Host = result.GetRequiredValue(_host),
            Port = result.GetValue(_port),
            Devices = result.GetValue(_devices),
            RateHz = result.GetValue(_rate),
            Connections = result.GetValue(_connections),
            Qos = result.GetValue(_qos),
            Form = result.GetValue(_form),
            ValuesPerPoint = result.GetValue(_values),
            PointsPerMessage = result.GetValue(_points),
            MessagesPerWrite = result.GetValue(_batch),
            InFlight = result.GetValue(_inFlight),
            Duration = Duration(result.GetValue(_duration)),
            Messages = result.GetValue(_messages),
            Unthrottled = result.GetValue(_unthrottled),
            Seed = result.GetValue(_seed),
            Threads = result.GetValue(_threads),
            ProtocolVersion = result.GetValue(_version),
            UserName = result.GetValue(_user),
            Password = result.GetValue(_passwordFile) is { } file ? File.ReadLines(file).FirstOrDefault() : null,
            Faults = new FaultOptions { Kinds = result.GetValue(_faults) ?? [], Share = result.GetValue(_faultShare) },
            TruthPath = result.GetValue(_truth),
            AckedLogPath = result.GetValue(_acked),
        },
    };

    private static TimeSpan? Duration(string? text) =>
        text is null ? null
        : DurationText.TryParse(text, out var ms) ? TimeSpan.FromMilliseconds(ms)
        : throw new OperatorMistakeException($"--duration must be {DurationText.Expected}");

    private static Option<T> New<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
