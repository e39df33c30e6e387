using Fengsui.Devices.Ledger;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Snapshots;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Records;

/// <summary>A record that was cut or changed is refused with one exception, and costs no memory worth mentioning.</summary>
public sealed class RecordReaderTests
{
    private const long MaxAllocatedBytes = 4 << 20;

    [Fact]
    public void A_rule_set_cut_or_changed_anywhere_is_refused_or_read() =>
        Survives(TestBatch.RuleSet(3, TestRules.Versions[0], 5), bytes => RuleSetRecord.Decode(bytes));

    [Fact]
    public void Declarations_cut_or_changed_anywhere_are_refused_or_applied() =>
        Survives(Declarations(), bytes => new DeviceRegistry(new RegistryOptions()).Apply(bytes), maxAllocated: 128L << 20);

    [Fact]
    public void A_shard_reads_declarations_cut_or_changed_anywhere_or_refuses_them() => Survives(Declarations(), bytes =>
    {
        var counts = DeclaredCounts.None;
        DeviceDeclarations.Read(bytes, ref counts);
    });

    [Fact]
    public void A_snapshot_cut_or_changed_anywhere_is_refused_or_read()
    {
        var ledger = new LedgerBook();
        ledger[2].Received = 7;
        var rules = RuleSetRecord.Decode(TestBatch.RuleSet(3, "groups: []"));
        var snapshot = new Snapshot(9, 10, 8, Declarations(), rules, ledger, [new(0, [1, 2, 3]), new(4, [])], ["tank"], [new(0, [7])]);
        Assert.Equal(snapshot.Encode(), Snapshot.Decode(snapshot.Encode()).Encode());
        Survives(snapshot.Encode(), bytes => Snapshot.Decode(bytes));
    }

    [Fact]
    public void Ticks_and_marks_cut_short_are_refused()
    {
        Survives(TestBatch.Tick(5), bytes => TickRecord.TimeMs(bytes));
        Survives(TestBatch.Mark(MarkPurpose.Snapshot), bytes => MarkRecord.Purpose(bytes));
    }

    [Fact]
    public void A_damaged_count_does_not_allocate()
    {
        byte[] bytes = [.. BitConverter.GetBytes(int.MaxValue), 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => { new RecordReader(bytes).Count(1); });
        Assert.Throws<InvalidDataException>(() => { new RecordReader(bytes).Bytes(); });
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    private static byte[] Declarations()
    {
        var registry = new DeviceRegistry(new RegistryOptions());
        registry.Source("mqtt/one");
        registry.TryMetric("co", out var co);
        registry.TryMetric("h2s", out var h2s);
        registry.Shape([co, h2s]);
        registry.Declare("tank", new DeviceFacts("gas", "north", [new("wing", "west")]));
        return TestBatch.Pending(registry).Single();
    }

    private static void Survives(byte[] record, Action<byte[]> read, long maxAllocated = MaxAllocatedBytes)
    {
        read(record);
        for (var length = 1; length < record.Length; length++)
        {
            Try(record[..length]);
        }

        var random = new Random(31);
        for (var round = 0; round < 3_000; round++)
        {
            var changed = (byte[])record.Clone();
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                changed[random.Next(1, changed.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            }

            Try(changed);
        }

        void Try(byte[] bytes)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(bytes);
            }
            catch (InvalidDataException)
            {
                // The only way to refuse.
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < maxAllocated, Convert.ToHexString(bytes));
        }
    }
}
