using System.Diagnostics;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Zones;

public sealed class ZoneCostTests
{
    private const long T0 = 1_700_000_000_000;
    private const int Devices = 10_000;
    private const int Zones = 100;

    private const string Rules = """
        groups:
          - name: g
            rules:
              - { alert: Silent, tier: general, expr: "absent(m0, 30 s)" }
              - { alert: Open, tier: general, expr: "lock == 1 and not permit_active()" }
              - { alert: Near, tier: general, expr: "m0 > 1000 and max(zone, m0) > 2000" }
              - { alert: High, tier: general, scope: zone, expr: "max(zone, m0) > 1000 and avg(zone, m1) > 1000" }

        """;

    [Fact]
    public async Task Rows_and_ticks_of_devices_in_zones_allocate_nothing_in_steady_state()
    {
        await using var rig = new EngineRig(shards: 1);
        Begin(rig);
        var batches = Enumerable.Range(1, 60).Select(i => TestBatch.Readings(1, T0 + i * 1_000, [.. Enumerable.Range(0, 200).Select(
            device => new TestRow(device, 0, T0 + i * 1_000, [20 + i, 10 + device]))])).ToArray();
        var ticks = Enumerable.Range(1, 60).Select(i => TestBatch.Tick(T0 + i * 1_000 + 500)).ToArray();
        var allocated = await rig.AskAsync(core =>
        {
            var next = 0;
            for (; next < 20; next++)
            {
                core.Process(10_000_000 + next * 10, batches[next]);
                core.Process(10_000_001 + next * 10, ticks[next]);
            }

            return Allocation.LeastOf(() =>
            {
                for (var end = next + 5; next < end; next++)
                {
                    core.Process(10_000_000 + next * 10, batches[next]);
                    core.Process(10_000_001 + next * 10, ticks[next]);
                }
            });
        });
        Assert.Equal(0, allocated[0]);
        Assert.Empty(rig.Faults);
    }

    [Fact]
    public async Task A_tick_over_ten_thousand_timed_devices_takes_a_few_milliseconds()
    {
        await using var rig = new EngineRig(shards: 1);
        Begin(rig);
        var taken = await rig.AskAsync(core =>
        {
            var least = TimeSpan.MaxValue;
            for (var i = 0; i < 40; i++)
            {
                var tick = TestBatch.Tick(T0 + i * 100);
                var started = Stopwatch.GetTimestamp();
                core.Process(10_000_000 + i, tick);
                least = Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < least ? elapsed : least;
            }

            Assert.Equal(Devices, core.Actors.LiveCount);
            return least;
        });

        // Measured: about 3 ms. The bound leaves room for a slow machine, and still shows a tick that costs ten times as much.
        Assert.True(taken[0] < TimeSpan.FromMilliseconds(30), $"{taken[0].TotalMilliseconds} ms");
    }

    private static void Begin(EngineRig rig)
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        registry.Source("mqtt/gateway");
        registry.TryMetric("m0", out var m0);
        registry.TryMetric("m1", out var m1);
        registry.Shape([m0, m1]);
        for (var i = 0; i < Devices; i++)
        {
            registry.Declare($"device-{i}", new DeviceFacts("a", $"zone-{i % Zones}", []));
        }

        rig.Deliver([.. TestBatch.Pending(registry), TestBatch.RuleSet(1, Rules), TestBatch.Tick(T0)]);
    }
}
