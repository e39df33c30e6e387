using System.CommandLine;
using System.Globalization;
using Fengsui.Api.Hosting;
using Fengsui.Ble;
using Fengsui.Ble.Faults;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands.Sim;

/// <summary>The options of <c>fengsui sim ble</c>.</summary>
internal sealed class BleSimArguments
{
    private static readonly LocksOptions Defaults = new();

    private readonly Option<string> _host = New("--host", "Server to report to", Defaults.Host);
    private readonly Option<int> _port = New("--port", "The port of its ble source", Defaults.Port);
    private readonly Option<string?> _tokenFile = New<string?>("--token-file", "File whose first line is the token of the source", null);
    private readonly Option<int> _gateways = New("--gateways", "Simulated gateways", Defaults.Gateways);
    private readonly Option<int> _locks = New("--locks", "Simulated locks", Defaults.Locks);
    private readonly Option<int> _heard = New("--heard", "Gateways that hear each lock", Defaults.Heard);
    private readonly Option<string> _address = New("--first-address", "Address of the first lock; the others count up", Defaults.FirstAddress.ToString("X12", CultureInfo.InvariantCulture));
    private readonly Option<uint> _counter = New("--first-counter", "Where the locks' counters stand; a second run must begin where the last one ended", Defaults.FirstCounter);
    private readonly Option<double> _rate = New("--rate", "Adverts a second of each lock", Defaults.RateHz);
    private readonly Option<bool> _unthrottled = New("--unthrottled", "Send as fast as the server answers", false);
    private readonly Option<int?> _adverts = New<int?>("--adverts", "Stop after so many adverts of each lock", null);
    private readonly Option<string?> _duration = New<string?>("--duration", "Stop after this time, such as 30s", null);
    private readonly Option<int> _openEvery = New("--open-every", "Each lock is opened, by a person, once in so many adverts", Defaults.OpenEvery);
    private readonly Option<string[]> _faults = new("--fault") { Description = "A fault that befalls locks: " + string.Join(", ", LockFaultNames.All), AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _faultEvery = New("--fault-every", "Each lock has a fault once in so many adverts", Defaults.FaultEvery);
    private readonly Option<int> _inFlight = New("--in-flight", "Unanswered frames of one gateway", Defaults.InFlight);
    private readonly Option<ulong> _seed = New("--seed", "Everything random follows from it, and the keys", Defaults.Seed);
    private readonly Option<string?> _keys = New<string?>("--write-keys", "Write the key file that the server needs, and begin", null);
    private readonly Option<string?> _truth = New<string?>("--truth", "Write what truly happened to this file", null);
    private readonly Option<string?> _acked = New<string?>("--acked", "Append every acknowledged advert to this file", null);
    private readonly Option<bool> _json = New("--json", "Print the summary and nothing else", false);

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _host, _port, _tokenFile, _gateways, _locks, _heard, _address, _counter, _rate, _unthrottled, _adverts, _duration, _openEvery, _faults,
            _faultEvery, _inFlight, _seed, _keys, _truth, _acked, _json,
        ];
        Array.ForEach(all, command.Add);
        _faults.AcceptOnlyFromAmong([.. LockFaultNames.All]);
    }

    public bool IsJson(ParseResult result) => result.GetValue(_json);

    public string? KeysPath(ParseResult result) => result.GetValue(_keys);

    public LocksOptions Read(ParseResult result) => new()
    {
        Host = result.GetRequiredValue(_host),
        Port = result.GetValue(_port),
        Token = result.GetValue(_tokenFile) is { } file ? File.ReadLines(file).FirstOrDefault()?.Trim() ?? "" : null,
        Gateways = result.GetValue(_gateways),
        Locks = result.GetValue(_locks),
        Heard = result.GetValue(_heard),
        FirstAddress = long.TryParse(result.GetRequiredValue(_address).Replace(":", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var address) ? address : -1,
        FirstCounter = result.GetValue(_counter),
        RateHz = result.GetValue(_rate),
        Unthrottled = result.GetValue(_unthrottled),
        Adverts = result.GetValue(_adverts),
        Duration = result.GetValue(_duration) is { } duration ? Duration("--duration", duration) : null,
        OpenEvery = result.GetValue(_openEvery),
        Faults = [.. (result.GetValue(_faults) ?? []).Select(name => LockFaultNames.TryParse(name, out var kind) ? kind : LockFault.None)],
        FaultEvery = result.GetValue(_faultEvery),
        InFlight = result.GetValue(_inFlight),
        Seed = result.GetValue(_seed),
        TruthPath = result.GetValue(_truth),
        AckedLogPath = result.GetValue(_acked),
    };

    private static TimeSpan Duration(string option, string text) =>
        DurationText.TryParse(text, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : throw new OperatorMistakeException($"{option} must be {DurationText.Expected}");

    private static Option<T> New<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
