using System.CommandLine;
using Fengsui.Api.Hosting;
using Fengsui.Modbus;
using Fengsui.Modbus.Faults;
using Fengsui.Rules.Parsing;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Commands.Sim;

/// <summary>The options of <c>fengsui sim modbus</c>.</summary>
internal sealed class ModbusSimArguments
{
    private static readonly FarmOptions Defaults = new();

    private readonly Option<string> _host = New("--host", "Address to listen on", Defaults.Host);
    private readonly Option<int> _port = New("--port", "First port; 0 lets the system choose", Defaults.Port);
    private readonly Option<int> _ports = New("--ports", "Ports, one after the other", Defaults.Ports);
    private readonly Option<int> _units = New("--units", "Slaves behind each port, with the addresses 1, 2, 3…", Defaults.Units);
    private readonly Option<string> _framing = New("--framing", "tcp, or rtu for serial frames through TCP", "tcp");
    private readonly Option<ulong> _seed = New("--seed", "Every value and fault follows from it", Defaults.Seed);
    private readonly Option<string[]> _faults = New<string[]>("--fault", $"Fault to inject: {string.Join(", ", FarmFaultNames.All)} (repeatable)", []);
    private readonly Option<double> _share = New("--fault-share", "Share of the slaves that are faulty", Defaults.FaultShare);
    private readonly Option<string> _every = New("--fault-every", "A faulty slave has one fault in each such time", "1m");
    private readonly Option<string> _length = New("--fault-length", "How long a fault lasts", "10s");
    private readonly Option<string> _lateness = New("--late-by", "How late an answer is under the fault late", "1500ms");
    private readonly Option<string?> _duration = New<string?>("--duration", "Stop after this time, such as 30s", null);
    private readonly Option<string?> _period = New<string?>("--period", "How often each register should be asked for: measures jitter", null);
    private readonly Option<string> _warmUp = New("--warm-up", "Leave the first so long out of the jitter", "0");
    private readonly Option<string?> _truth = New<string?>("--truth", "Write what was injected to this file", null);
    private readonly Option<bool> _json = New("--json", "Print the summary as JSON", false);

    public void AddTo(Command command)
    {
        Option[] all = [_host, _port, _ports, _units, _framing, _seed, _faults, _share, _every, _length, _lateness, _duration, _period, _warmUp, _truth, _json];
        Array.ForEach(all, command.Add);
        _framing.AcceptOnlyFromAmong("tcp", "rtu");
    }

    public bool IsJson(ParseResult result) => result.GetValue(_json);

    public FarmOptions Read(ParseResult result) => new()
    {
        Host = result.GetRequiredValue(_host),
        Port = result.GetValue(_port),
        Ports = result.GetValue(_ports),
        Units = result.GetValue(_units),
        IsSerial = result.GetValue(_framing) == "rtu",
        Seed = result.GetValue(_seed),
        Faults = [.. (result.GetValue(_faults) ?? []).Select(Fault)],
        FaultShare = result.GetValue(_share),
        FaultEvery = Duration("--fault-every", result.GetRequiredValue(_every)),
        FaultLength = Duration("--fault-length", result.GetRequiredValue(_length)),
        Lateness = Duration("--late-by", result.GetRequiredValue(_lateness)),
        Duration = result.GetValue(_duration) is { } duration ? Duration("--duration", duration) : null,
        Period = result.GetValue(_period) is { } period ? Duration("--period", period) : null,
        WarmUp = Duration("--warm-up", result.GetRequiredValue(_warmUp)),
        TruthPath = result.GetValue(_truth),
    };

    private static FarmFault Fault(string name) =>
        FarmFaultNames.TryParse(name, out var fault)
            ? fault
            : throw new OperatorMistakeException($"--fault: unknown fault '{name}'{NearMiss.Hint(name, FarmFaultNames.All)}; one of {string.Join(", ", FarmFaultNames.All)}");

    private static TimeSpan Duration(string option, string text) =>
        DurationText.TryParse(text, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : throw new OperatorMistakeException($"{option} must be {DurationText.Expected}");

    private static Option<T> New<T>(string name, string description, T fallback) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
