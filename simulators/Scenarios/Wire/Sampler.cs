using Fengsui.Scenarios.Model;
using Fengsui.Scenarios.Physics;

namespace Fengsui.Scenarios.Wire;

/// <summary>Lets one device measure through a run: its rhythm, its instrument's error, and its faults.</summary>
internal sealed class Sampler(World world, ScenarioDevice device, long startMs)
{
    /// <summary>A device says at once that a state has changed; this much later at most.</summary>
    private const double SaidWithinMs = 300;

    /// <summary>What is said at once is not said again so soon before or after: a radio sends one advert at a time.</summary>
    private const long ApartMs = 1_000;

    private readonly FaultSpans _faults = new(world, device);
    private readonly Dictionary<string, Chance> _noise = device.Values.ToDictionary(value => value.Metric, value => Chance.Of(world.Seed, $"noise/{device.Id}/{value.Metric}"));
    private readonly Dictionary<string, double> _shown = new(StringComparer.Ordinal);
    private IReadOnlyList<(string Metric, double Value)> _lastValues = [];
    private long _counter;

    public IEnumerable<Sample> Samples()
    {
        var number = 0;
        var behind = 0;
        foreach (var atMs in Moments())
        {
            number++;
            var values = _faults.Find(FaultKind.Restamped, atMs) is not null && _lastValues.Count > 0 ? _lastValues : Measure(atMs, number);
            _lastValues = values;
            if (_faults.Find(FaultKind.Silent, atMs) is not null)
            {
                continue;
            }

            var kept = _faults.Find(FaultKind.Kept, atMs);
            behind = kept is null ? 0 : behind + 1;
            var stated = startMs + atMs + (_faults.Find(FaultKind.Clock, atMs)?.ByMs ?? 0);
            yield return new Sample(atMs, kept is { } span ? span.UntilMs + behind : atMs, stated, number, values);
        }
    }

    /// <summary>The device's rhythm, and whenever a state changes.</summary>
    private IEnumerable<long> Moments()
    {
        var drawn = world.Drawn;
        var (everyMs, jitterMs) = (Math.Max(1, device.Sends.Every.Milliseconds(drawn)), device.Sends.Jitter.Milliseconds(drawn));
        var chance = Chance.Of(world.Seed, "rhythm/" + device.Id);
        var phase = (long)(chance.Uniform(-1) * everyMs);
        var count = (int)((world.Scenario.LastsMs - phase) / everyMs);
        var regular = Enumerable.Range(0, Math.Max(0, count)).Select(i => phase + (i * everyMs) + (long)(chance.Uniform(i) * jitterMs));
        var changes = device.Values
            .SelectMany(value => world.Find(device.Id, value.Metric).Changes)
            .Select((at, i) => at + (long)(chance.Uniform(-2 - i) * SaidWithinMs))
            .Where(at => at < world.Scenario.LastsMs)
            .ToList();
        return regular.Where(at => !changes.Exists(change => Math.Abs(change - at) < ApartMs)).Concat(changes).Order();
    }

    private List<(string Metric, double Value)> Measure(long atMs, int number)
    {
        _counter++;
        var values = new List<(string, double)>(device.Values.Count);
        foreach (var value in device.Values)
        {
            if (!(_faults.Find(FaultKind.Stuck, atMs, value.Metric) is not null && _shown.TryGetValue(value.Metric, out var shown)))
            {
                shown = value.IsCounter ? _counter : Show(value, atMs, number);
                _shown[value.Metric] = shown;
            }

            values.Add((value.Metric, shown));
        }

        return values;
    }

    private double Show(ValuePlan value, long atMs, int number)
    {
        var noisy = world.Find(device.Id, value.Metric).At(atMs) + (value.Noise.Of(world.Drawn) * _noise[value.Metric].Bell(number));
        return value.Resolution > 0 ? Math.Round(noisy / value.Resolution) * value.Resolution : noisy;
    }
}
