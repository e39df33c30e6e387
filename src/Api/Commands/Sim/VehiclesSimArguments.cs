using System.CommandLine;
using Fengsui.Api.Hosting;
using Fengsui.Rules.Parsing.Yaml;
using Fengsui.Vehicles;

namespace Fengsui.Api.Commands.Sim;

/// <summary>The options of <c>fengsui sim vehicles</c>.</summary>
internal sealed class VehiclesSimArguments
{
    private static readonly VehiclesOptions Defaults = new();

    private readonly Option<string> _host = New("--host", "Server to report to", Defaults.Host);
    private readonly Option<int> _port = New("--port", "The port of its jt808 source", Defaults.Port);
    private readonly Option<int> _vehicles = New("--vehicles", "Simulated vehicles", Defaults.Vehicles);
    private readonly Option<long> _phone = New("--first-phone", "Phone number of the first; the others count up", Defaults.FirstPhone);
    private readonly Option<string> _version = New("--version", "Edition of JT/T 808: 2013, 2019 or mixed", "mixed");
    private readonly Option<string?> _codeFile = New<string?>("--auth-code-file", "File whose first line is the code; without it vehicles register for one", null);
    private readonly Option<double> _rate = New("--rate", "Positions a second of each vehicle, at most 1", Defaults.RateHz);
    private readonly Option<bool> _unthrottled = New("--unthrottled", "Send as fast as the server answers", false);
    private readonly Option<int?> _positions = New<int?>("--positions", "Stop after so many positions of each vehicle", null);
    private readonly Option<string?> _duration = New<string?>("--duration", "Stop after this time, such as 30s", null);
    private readonly Option<string?> _routes = New<string?>("--routes", "GeoJSON file with the lines to drive along", null);
    private readonly Option<string?> _route = New<string?>("--route", "The id of the one line to drive along", null);
    private readonly Option<double> _speed = New("--speed", "km/h on the way", Defaults.SpeedKmh);
    private readonly Option<double> _noise = New("--noise", "Error of a position, m", Defaults.NoiseM);
    private readonly Option<double> _faults = New("--fault-share", "Share of the vehicles with alarms, open doors and warm cargo", Defaults.FaultShare);
    private readonly Option<string?> _outageEvery = New<string?>("--outage-every", "Each vehicle loses its connection this often", null);
    private readonly Option<string> _outage = New("--outage", "For how long; then it sends what it kept", "20s");
    private readonly Option<int> _inFlight = New("--in-flight", "Unanswered messages of one vehicle", Defaults.InFlight);
    private readonly Option<ulong> _seed = New("--seed", "Everything random follows from it", Defaults.Seed);
    private readonly Option<string?> _acked = New<string?>("--acked", "Append every acknowledged position to this file", null);
    private readonly Option<bool> _json = New("--json", "Print the summary and nothing else", false);

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _host, _port, _vehicles, _phone, _version, _codeFile, _rate, _unthrottled, _positions, _duration, _routes, _route, _speed, _noise,
            _faults, _outageEvery, _outage, _inFlight, _seed, _acked, _json,
        ];
        Array.ForEach(all, command.Add);
        _version.AcceptOnlyFromAmong("2013", "2019", "mixed");
    }

    public bool IsJson(ParseResult result) => result.GetValue(_json);

    public VehiclesOptions Read(ParseResult result) => new()
    {
        Host = result.GetRequiredValue(_host),
        Port = result.GetValue(_port),
        Vehicles = result.GetValue(_vehicles),
        FirstPhone = result.GetValue(_phone),
        Version = result.GetValue(_version) switch { "2013" => TerminalVersion.Jt2013, "2019" => TerminalVersion.Jt2019, _ => TerminalVersion.Mixed },
        AuthCode = result.GetValue(_codeFile) is { } file ? File.ReadLines(file).FirstOrDefault() ?? "" : null,
        RateHz = result.GetValue(_rate),
        Unthrottled = result.GetValue(_unthrottled),
        Positions = result.GetValue(_positions),
        Duration = result.GetValue(_duration) is { } duration ? Duration("--duration", duration) : null,
        RoutesPath = result.GetValue(_routes),
        Route = result.GetValue(_route),
        SpeedKmh = result.GetValue(_speed),
        NoiseM = result.GetValue(_noise),
        FaultShare = result.GetValue(_faults),
        OutageEvery = result.GetValue(_outageEvery) is { } every ? Duration("--outage-every", every) : null,
        Outage = Duration("--outage", result.GetRequiredValue(_outage)),
        InFlight = result.GetValue(_inFlight),
        Seed = result.GetValue(_seed),
        AckedLogPath = result.GetValue(_acked),
    };

    private static TimeSpan Duration(string option, string text) =>
        DurationText.TryParse(text, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : throw new OperatorMistakeException($"{option} must be {DurationText.Expected}");

    private static Option<T> New<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
