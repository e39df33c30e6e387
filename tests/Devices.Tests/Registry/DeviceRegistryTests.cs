using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Registry;

public sealed class DeviceRegistryTests
{
    [Fact]
    public void A_device_that_invents_names_uses_up_its_own_share_only()
    {
        var registry = new DeviceRegistry(new RegistryOptions { MaxNewMetricsPerDevice = 2 });
        var mad = registry.Declare("mad", DeviceFacts.Default)!;
        var sane = registry.Declare("sane", DeviceFacts.Default)!;
        Assert.True(registry.TryMetric("a", mad, out _) && registry.TryMetric("b", mad, out _));
        Assert.False(registry.TryMetric("c", mad, out _));
        Assert.True(registry.TryMetric("pressure", sane, out _));
        Assert.True(registry.TryMetric("pressure", mad, out _));
    }

    [Fact]
    public void A_replay_of_the_declarations_gives_equal_ids_facts_and_names()
    {
        var registry = Filled();
        var replayed = new DeviceRegistry(new RegistryOptions());
        foreach (var batch in TestBatch.Pending(registry, maxBatchBytes: 256))
        {
            Assert.True(batch.Length <= 256);
            replayed.Apply(batch);
            replayed.Apply(batch);
        }

        Assert.Equal(Dump(registry), Dump(replayed));
        Assert.Equal(0, replayed.LostDeclarations);
    }

    [Fact]
    public void Pending_declarations_wait_in_order_when_the_journal_has_no_room()
    {
        var registry = Filled();
        var room = 3;
        var batches = new List<byte[]>();
        bool Append(ReadOnlyMemory<byte> batch)
        {
            if (room-- <= 0)
            {
                return false;
            }

            batches.Add(batch.ToArray());
            return true;
        }

        Assert.False(registry.TryAppendPending(Append, 256));
        Assert.True(registry.HasPending);
        registry.Declare("one-more", DeviceFacts.Default);
        room = int.MaxValue;
        Assert.True(registry.TryAppendPending(Append, 256));
        Assert.False(registry.HasPending);
        var replayed = new DeviceRegistry(new RegistryOptions());
        batches.ForEach(batch => replayed.Apply(batch));
        Assert.Equal(Dump(registry), Dump(replayed));
    }

    [Fact]
    public void A_dump_holds_what_was_declared_at_its_position_and_nothing_newer()
    {
        var registry = Filled();
        var counts = new DeclaredCounts(2, 1, 0, 1);
        var restored = new DeviceRegistry(new RegistryOptions());
        restored.Apply(registry.Dump(counts, [DeviceFacts.Default]));
        Assert.Equal((2, 1, 0, 1), (restored.Sources.Count, restored.Metrics.Count, restored.Shapes.Count, restored.Devices.Count));
        Assert.Equal(DeviceFacts.Default, restored.Devices[0].Facts);
    }

    [Fact]
    public void Declarations_lost_to_damage_leave_placeholders_so_that_later_ones_keep_their_ids()
    {
        var registry = Filled();
        var batches = TestBatch.Pending(registry, maxBatchBytes: 64);
        var replayed = new DeviceRegistry(new RegistryOptions());
        for (var i = 0; i < batches.Count; i++)
        {
            if (i % 5 != 3)
            {
                replayed.Apply(batches[i]);
            }
        }

        Assert.True(replayed.LostDeclarations > 0);
        var last = registry.Devices[registry.Devices.Count - 1];
        Assert.Equal(last.Id, replayed.Devices.Find(last.Name)!.Id);
    }

    [Fact]
    public void Bounds_hold()
    {
        var registry = new DeviceRegistry(new RegistryOptions { MaxDevices = 2, MaxMetrics = 2 });
        Assert.NotNull(registry.Declare("a", DeviceFacts.Default));
        Assert.NotNull(registry.Provision("b", DeviceFacts.Default));
        Assert.Null(registry.Provision("c", DeviceFacts.Default));
        Assert.NotNull(registry.Declare("a", new DeviceFacts("gas", "north", [])));
        Assert.True(registry.TryMetric("m", out _) && registry.TryMetric("n", out _));
        Assert.False(registry.TryMetric("o", out _));
        for (var i = 0; i < SourceTable.MaxSources + 10; i++)
        {
            registry.Source($"mqtt/{i}");
        }

        Assert.Equal(SourceTable.MaxSources, registry.Sources.Count);
        Assert.Equal(SourceTable.Other, registry.Source("mqtt/new"));
        Assert.Throws<ArgumentException>(() => registry.Declare("b", new DeviceFacts("t", new string('z', 70_000), [])));
    }

    private static byte[] Dump(DeviceRegistry registry) => registry.Dump(
        new DeclaredCounts(registry.Sources.Count, registry.Metrics.Count, registry.Shapes.Count, registry.Devices.Count),
        [.. registry.Devices.All().Select(device => device.Facts)]);

    private static DeviceRegistry Filled()
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        for (var i = 0; i < 40; i++)
        {
            registry.Source($"mqtt/{i}");
            registry.TryMetric($"m{i % 7}", out var metric);
            registry.Shape([metric]);
            registry.Declare($"device-{i}", new DeviceFacts("gas", $"zone-{i % 3}", [new("wing", "west")]));
            registry.Declare($"device-{i / 2}", new DeviceFacts("heat", $"zone-{i % 4}", []));
        }

        return registry;
    }
}
