using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Rules.Model;

namespace Fengsui.Devices.Tests.Engine.Support;

/// <summary>
/// A journal made up from a seed: devices that appear, change type and move between zones; rows in order, late, doubled,
/// of the same time, without a time, sent again; clocks set back; pauses; dead letters; changes of the rules.
/// </summary>
internal sealed class Script
{
    private const int MaxDevices = 14;
    private static readonly double[] Levels = [5, 18, 24, 33, 50];
    private readonly Random _random;
    private readonly DeviceRegistry _registry = new(new RegistryOptions());
    private readonly List<ScriptBlock> _blocks = [];
    private readonly List<TestRow> _sent = [];
    private readonly long[] _lastMs = new long[MaxDevices];
    private readonly Shape[] _shapes;
    private long _nowMs = 1_700_000_000_000;
    private int _version;
    private uint _fingerprint;

    private Script(int seed)
    {
        _random = new Random(seed);
        for (var source = 0; source < 4; source++)
        {
            _registry.Source($"mqtt/gateway-{source}");
        }

        var metrics = Enumerable.Range(0, 4).Select(Metric).ToArray();
        _shapes = [_registry.Shape([metrics[0], metrics[1]])!, _registry.Shape([metrics[2]])!, _registry.Shape([metrics[3], metrics[0], metrics[2]])!];
    }

    public static List<ScriptBlock> Of(int seed, int blocks)
    {
        var script = new Script(seed);
        script.Begin();
        while (script._blocks.Count < blocks)
        {
            script.Next();
        }

        return script._blocks;
    }

    private void Begin()
    {
        for (var i = 0; i < 6; i++)
        {
            DeclareNew();
        }

        Add([.. TestBatch.Pending(_registry), NextRules()]);
    }

    private void Next()
    {
        _nowMs += Chance(5) ? 16 * 60_000 : _random.Next(3_000);
        var batches = new List<byte[]>();
        if (Chance(25))
        {
            ChangeDevices();
        }

        batches.AddRange(TestBatch.Pending(_registry));
        if (Chance(8))
        {
            batches.Add(NextRules());
        }

        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            batches.Add(NextReadings());
        }

        if (Chance(40))
        {
            batches.Add(TestBatch.Tick(_nowMs));
        }

        Add(batches);
    }

    private void ChangeDevices()
    {
        if (Chance(30) && _registry.Devices.Count < MaxDevices)
        {
            DeclareNew();
        }

        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var device = _registry.Devices[_random.Next(_registry.Devices.Count)];
            _registry.Declare(device.Name, RandomFacts());
        }
    }

    private void DeclareNew()
    {
        _lastMs[_registry.Devices.Count] = _nowMs;
        _registry.Declare($"device-{_registry.Devices.Count}", RandomFacts());
    }

    private DeviceFacts RandomFacts() => new(
        Chance(70) ? "a" : "b",
        _random.Next(5) is var zone && zone == 0 ? DeviceFacts.DefaultZone : $"zone-{zone}",
        Chance(20) ? [new("wing", "west")] : []);

    private byte[] NextRules() => TestBatch.RuleSet(++_version, TestRules.Versions[_version % TestRules.Versions.Length], _nowMs);

    private byte[] NextReadings()
    {
        var rows = Enumerable.Range(0, _random.Next(1, 8)).Select(_ => NextRow()).ToArray();
        _sent.AddRange(rows);
        var source = _random.Next(_registry.Sources.Count);
        return TestBatch.Mixed(source, _nowMs, refused: Chance(10) ? 3 : 0, deadLetters: Chance(10) ? 2 : 0, rows);
    }

    private TestRow NextRow()
    {
        var roll = _random.Next(100);
        if (roll < 12 && _sent.Count > 0)
        {
            var again = _sent[^_random.Next(1, Math.Min(_sent.Count, 300) + 1)];
            return again with { Flags = again.Flags | RowFlags.Resent };
        }

        var device = _random.Next(_registry.Devices.Count);
        if (roll < 15)
        {
            _lastMs[device] -= 55 * 60_000;
        }

        var time = roll switch
        {
            < 30 => _lastMs[device] - _random.Next(60_000),
            < 36 => _lastMs[device],
            _ => _lastMs[device] += _random.Next(1, 2_500),
        };
        var shape = _shapes[_random.Next(_shapes.Length)];
        var row = new TestRow(device, shape.Id, time, [.. Enumerable.Range(0, shape.Count).Select(_ => Levels[_random.Next(Levels.Length)])])
        {
            Qualities = Chance(15) ? [.. Enumerable.Range(0, shape.Count).Select(_ => (Quality)_random.Next(3))] : [],
        };
        return Chance(12) ? row with { Flags = RowFlags.ServerTime, TimeMs = _nowMs, Fingerprint = ++_fingerprint } : row;
    }

    private ushort Metric(int number) => _registry.TryMetric($"m{number}", out var id) ? id : throw new InvalidOperationException();

    private void Add(List<byte[]> batches) => _blocks.Add(new ScriptBlock(_blocks.Count == 0 ? 0 : _blocks[^1].End, batches));

    private bool Chance(int percent) => _random.Next(100) < percent;
}
