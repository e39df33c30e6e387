using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules.Model;
using Fengsui.Rules.Zones.Site;

namespace Fengsui.Devices.Tests.Zones;

/// <summary>
/// A journal made up from a seed: sensors, locks and persons that move between zones, late and doubled rows, backlogs, clocks
/// set back, permits, gas tests, unlocks, goods, outages, ticks, changes of rules about all of it.
/// </summary>
internal sealed class SiteScript
{
    private const string Head = """
        groups:
          - name: g
            rules:
              - { alert: High, tier: general, scope: zone, expr: "max(zone, co) > 40", clear: "max(zone, co) < 20" }
              - { alert: Open, tier: major, expr: lock == 1 and not permit_active(entry) }
              - { alert: Dose, tier: general, select: { type: person }, expr: "max(zone, co) > 30", for: 3s }
              - { alert: Stel, tier: general, select: { type: person }, expr: "stel(max(zone, co)) > 3" }
              - { alert: Silent, tier: general, select: { type: sensor }, expr: "absent(co, 40 s)" }
              - { alert: Blind, tier: general, scope: zone, select: { type: sensor }, expr: "any(zone, absent(co, 60 s)) and avg(max(zone, co), 30 s) > 1" }

        """;

    private static readonly string[] Versions =
    [
        Head + """
              - { alert: Mean, tier: general, scope: zone, select: { type: sensor }, expr: "avg(zone, co) > 25 and sum(zone, co) < 500" }
              - { alert: Inside, tier: major, scope: zone, expr: persons_inside() > 0 and not permit_active() }
              - { alert: Over, tier: general, scope: zone, expr: over_quantity() > 0 or goods_quantity("class 3") > 900 }

        """,
        Head + """
              - { alert: Alone, tier: general, expr: lock == 1 and unlock_persons(30 s) < 2 }
              - { alert: Some, tier: general, scope: zone, expr: "any(zone, lock == 1) and count(zone, co > 20) >= 1", for: 2s }
              - { alert: Stranger, tier: general, scope: zone, expr: persons_without_permit() > 0 or gas_test_age() > 60 s }

        """,
    ];

    private readonly Random _random;
    private readonly DeviceRegistry _registry = new(new RegistryOptions());
    private readonly List<ScriptBlock> _blocks = [];
    private readonly Shape[] _shapes;
    private readonly long[] _skews = new long[24];
    private long _nowMs = 1_700_000_000_000;
    private int _version;
    private int _facts;

    private SiteScript(int seed)
    {
        _random = new Random(seed);
        _registry.Source("mqtt/gateway");
        _shapes = [.. ((string[])["co", "lock"]).Select(metric => _registry.TryMetric(metric, out var id) ? _registry.Shape([id])! : throw new InvalidOperationException())];
    }

    public static List<ScriptBlock> Of(int seed, int blocks)
    {
        var script = new SiteScript(seed);
        for (var i = 0; i < 20; i++)
        {
            script._skews[i] = script._random.Next(4) == 0 ? script._random.Next(-36_000_000, 36_000_000) : script._random.Next(1_000);
            script._registry.Declare(script.Name(i), script.FactsOf(i));
        }

        script.Add([.. TestBatch.Pending(script._registry), script.NextRules()]);
        while (script._blocks.Count < blocks)
        {
            script.Next();
        }

        return script._blocks;
    }

    private void Next()
    {
        _nowMs += Chance(3) ? 300_000 : _random.Next(2_000);
        var batches = new List<byte[]>();
        if (Chance(20))
        {
            for (var count = _random.Next(1, 4); count > 0; count--)
            {
                var device = _random.Next(20);
                _registry.Declare(Name(device), FactsOf(device));
            }

            batches.AddRange(TestBatch.Pending(_registry));
        }

        if (Chance(4))
        {
            batches.Add(NextRules());
        }

        for (var count = _random.Next(3); count > 0; count--)
        {
            batches.Add(TestBatch.Readings(1, _nowMs, [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => NextRow())]));
        }

        if (Chance(30))
        {
            batches.Add(new SiteRecord(_nowMs, "test", Zone(), NextFact()).Encode());
        }

        if (Chance(60) || batches.Count == 0)
        {
            batches.Add(TestBatch.Tick(_nowMs));
        }

        Add(batches);
    }

    private SiteFact NextFact()
    {
        var id = $"f{(Chance(10) ? _random.Next(_facts + 1) : ++_facts)}";
        var person = $"p{_random.Next(4)}";
        return _random.Next(7) switch
        {
            0 or 1 => new PermitGranted(id, Chance(50) ? ["entry"] : ["hot work"], [person, "p1"], _nowMs, _nowMs + _random.Next(60_000)),
            2 => new PermitRevoked($"f{_random.Next(_facts + 1)}"),
            3 => new GasTested(id, person, _nowMs, Chance(80), [new("o2", 20.9)]),
            4 => new Unlocked(id, "", person, _nowMs),
            _ => new GoodsChanged(id, (GoodsOperation)_random.Next(1, 4), $"120{_random.Next(4)}", Chance(50) ? "3" : "", _random.Next(1000), Chance(20) ? 500 : null),
        };
    }

    private TestRow NextRow()
    {
        var device = _random.Next(16);
        var shape = device < 12 ? _shapes[0] : _shapes[1];
        var value = device < 12 ? _random.Next(60) + _random.NextDouble() : _random.Next(2);
        var late = Chance(15) ? _random.Next(7_200_000) : 0;
        if (Chance(1))
        {
            _skews[device] += 30_000;
        }

        return new TestRow(device, shape.Id, _nowMs - _skews[device] - late, [value]) { Qualities = Chance(5) ? [Quality.Bad] : [] };
    }

    private byte[] NextRules() => TestBatch.RuleSet(++_version, Versions[_version % Versions.Length], _nowMs);

    private string Name(int device) => device < 12 ? $"co-{device}" : device < 16 ? $"lock-{device}" : $"person/p{device - 16}";

    private DeviceFacts FactsOf(int device) => new(
        device >= 16 ? "person" : Chance(70) ? "sensor" : "other", Zone(), Chance(10) ? [new("wing", "west")] : []);

    private string Zone() => _random.Next(6) is var zone && zone == 0 ? DeviceFacts.DefaultZone : $"zone-{zone}";

    private void Add(List<byte[]> batches) => _blocks.Add(new ScriptBlock(_blocks.Count == 0 ? 0 : _blocks[^1].End, batches));

    private bool Chance(int percent) => _random.Next(100) < percent;
}
