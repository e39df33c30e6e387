using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Replay;

/// <summary>
/// Half an hour, made up from a seed, under one rule set with a rule for each kind of function with memory: sensors in zones, with
/// silences, late and doubled rows, bad qualities, a clock set back, and a tick each second.
/// </summary>
internal sealed class TimedScript
{
    private const int Devices = 12;
    private const long StartMs = 1_700_000_000_000;

    private readonly Random _random;
    private readonly DeviceRegistry _registry = new(new RegistryOptions());
    private readonly Shape[] _shapes;
    private readonly double[] _level = new double[Devices];
    private readonly long[] _silentUntilMs = new long[Devices];
    private readonly long[] _skewMs = new long[Devices];
    private long _nowMs = StartMs;

    private TimedScript(int seed)
    {
        _random = new Random(seed);
        _registry.Source("mqtt/gateway");
        foreach (var metric in RuleSet.Parse([Rules]).RuleSet!.Metrics)
        {
            _registry.TryRuleMetric(metric);
        }

        _shapes = [ShapeOf("co", "temperature"), ShapeOf("co"), ShapeOf("door", "temperature")];
    }

    /// <summary>Names of the rules, each of which fires.</summary>
    public static IReadOnlyList<string> Alerts { get; } = [.. RuleSet.Parse([Rules]).RuleSet!.Rules.Select(rule => rule.Id)];

    public static RuleFile Rules => new("rules.yaml", """
        groups:
          - name: g
            rules:
              - { alert: Mean, tier: general, expr: "avg(co, 2m) > 22", clear: "avg(co, 2m) < 18" }
              - { alert: Spread, tier: general, expr: "stddev(co, 1m) > 8 and max(co, 1m) > 30" }
              - { alert: Few, tier: general, expr: "n_of_m(3, 5, co > 35)" }
              - { alert: Rising, tier: general, expr: "rate(temperature, 1m) > 0.2", for: 2s }
              - { alert: Short, tier: significant, expr: "stel(co) > 12" }
              - { alert: Shift, tier: general, expr: "twa(co) > 1" }
              - { alert: Soon, tier: general, expr: "time_to_limit(stel(co), 20) < 300" }
              - { alert: Silent, tier: general, expr: "absent(co, 30s)" }
              - { alert: Stale, tier: general, expr: "stale(temperature, 40s)" }
              - { alert: Flat, tier: general, expr: "stuck(temperature, 20s)" }
              - { alert: Open, tier: major, expr: door == true, for: 20s }
              - { alert: Then, tier: general, expr: "co > 35 followed by co < 20 within 1m" }
              - { alert: NotThen, tier: general, expr: "co > 35 not followed by co < 10 within 20s" }
              - { alert: Some, tier: major, scope: zone, expr: "count(zone, co > 30) >= 2", for: 3s }
              - { alert: Level, tier: general, scope: zone, expr: "avg(zone, co) > 22", clear: "avg(zone, co) < 15" }
              - { alert: Blind, tier: general, scope: zone, expr: "any(zone, absent(co, 45s))" }
              - { alert: Both, tier: general, expr: "co > 20 and max(zone, co) > 35", keep_firing_for: 10s, tiers: [{ tier: major, expr: "co > 38", for: 4s }], step_down_after: 15s }
              - { alert: Trial, tier: general, expr: "delta(co, 30s) > 15", shadow: true }

        """);

    public static List<byte[]> Of(int seed)
    {
        var script = new TimedScript(seed);
        var batches = new List<byte[]>();
        for (var device = 0; device < Devices; device++)
        {
            script._registry.Declare($"sensor-{device}", new DeviceFacts("sensor", $"zone-{device % 3}", []));
        }

        batches.AddRange(TestBatch.Pending(script._registry));
        batches.Add(new RuleSetRecord(1, "test", StartMs, [Rules]).Encode());
        for (var second = 0; second < 1800; second++)
        {
            script.Second(batches);
        }

        return batches;
    }

    private void Second(List<byte[]> batches)
    {
        _nowMs += 1_000;
        var rows = Enumerable.Range(0, Devices).SelectMany(RowsOf).ToArray();
        if (rows.Length > 0)
        {
            batches.Add(TestBatch.Readings(1, _nowMs, rows));
        }

        batches.Add(TestBatch.Tick(_nowMs + 1));
    }

    private IEnumerable<TestRow> RowsOf(int device)
    {
        if (Chance(3))
        {
            _silentUntilMs[device] = _nowMs + _random.Next(70_000);
        }

        if (Chance(1) && device == 0)
        {
            _skewMs[device] += 3_600_000;
        }

        if (_silentUntilMs[device] > _nowMs || Chance(400))
        {
            yield break;
        }

        // A walk between 0 and 45 with long arms, so that windows of minutes see much and little.
        _level[device] = Math.Clamp(_level[device] + _random.Next(-40, 41) / 10.0, 0, 45);
        var late = Chance(60) ? _random.Next(90_000) : 0;
        var row = Row(device, _nowMs - _skewMs[device] - late);
        yield return row;
        if (Chance(30))
        {
            yield return row;
        }
    }

    private TestRow Row(int device, long timeMs)
    {
        var shape = _shapes[_random.Next(10) switch { < 6 => 0, < 9 => 1, _ => 2 }];
        var temperature = 20 + Math.Floor(_level[device] / 3);
        double[] values = shape == _shapes[0] ? [_level[device], temperature] : shape == _shapes[1] ? [_level[device]] : [_nowMs / 60_000 % 5 == device % 5 ? 1 : 0, temperature];
        return new TestRow(device, shape.Id, timeMs, values) { Qualities = Chance(20) ? [.. values.Select(_ => Quality.Bad)] : [] };
    }

    private Shape ShapeOf(params string[] metrics) =>
        _registry.Shape([.. metrics.Select(metric => _registry.TryMetric(metric, out var id) ? id : throw new InvalidOperationException())])!;

    /// <param name="permille">Times in a thousand.</param>
    private bool Chance(int permille) => _random.Next(1_000) < permille;
}
