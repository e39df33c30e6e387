using System.Text;
using Fengsui.Scenarios;
using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Bench.Compression;

/// <summary>
/// All shipped scenarios side by side: their messages with their own rhythms, delays, repeats and late ones, over MQTT, as encrypted adverts and
/// as vehicles. What happens in each happens at its beginning; the plant goes on afterwards.
/// </summary>
internal sealed class ScenarioPlant : IPlant
{
    private readonly List<ScenarioRun> _runs;
    private readonly Dictionary<string, string> _scenarios = new(StringComparer.Ordinal);

    public ScenarioPlant(long startMs, double hours)
    {
        var lastsMs = (long)(hours * 3_600_000);
        _runs = [.. ShippedScenarios.Names.Select((name, i) => Run(ShippedScenarios.Load(name), (ulong)i + 1, startMs, lastsMs))];
        foreach (var (run, device) in _runs.SelectMany(run => run.Scenario.Devices.Select(device => (run, device))))
        {
            _scenarios[device.Id] = run.Scenario.Name;
        }
    }

    public string Name => "scenarios";

    public string What => $"the {_runs.Count} shipped scenarios side by side, {_scenarios.Count} devices, each at its own rate (a message every 1 to 20 s)";

    public IReadOnlyList<string> Sources(string directory)
    {
        var sources = new List<string>();
        foreach (var config in _runs.Select(run => run.Config(vehiclePort: 0)))
        {
            config.WriteTo(directory);
            if (config.Sources() is { } text)
            {
                sources.Add(text);
            }
        }

        return sources;
    }

    public IEnumerable<Arrival> Arrivals() => _runs
        .SelectMany(run => run.Steps())
        .OfType<WireMessage>()
        .OrderBy(message => message.AtMs)
        .Select(message => new Arrival(message.AtMs, message.Line, Encoding.UTF8.GetBytes(message.Topic), message.Payload, message.By == WireForm.Jt808 ? message : null));

    public string LineOf(string device, string metric) => _scenarios.GetValueOrDefault(device, device);

    private static ScenarioRun Run(Scenario scenario, ulong seed, long startMs, long lastsMs) =>
        new(scenario with { LastsMs = Math.Max(lastsMs, scenario.LastsMs) }, seed, startMs);
}
