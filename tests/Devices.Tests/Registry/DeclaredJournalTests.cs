using System.Buffers.Binary;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Records;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Support.Journal;
using Xunit;
using JournalLog = Fengsui.Devices.Journal.Journal;

namespace Fengsui.Devices.Tests.Registry;

public sealed class DeclaredJournalTests
{
    private static readonly JournalOptions Options = new()
    {
        Directory = "simulated",
        BlockSizeBytes = 4 << 10,
        SegmentSizeBytes = 1 << 20,
        BlockBuffers = 64,
        CommitInterval = TimeSpan.Zero,
        IdleCommitInterval = TimeSpan.Zero,
        RetainBytes = 1 << 30,
        MinFreeBytes = 0,
    };

    [Fact]
    public async Task Whatever_threads_declare_is_in_the_journal_before_the_first_batch_that_uses_it()
    {
        var storage = new SimulatedJournalStorage();
        var registry = new DeviceRegistry(new RegistryOptions());
        await using (var journal = JournalLog.Open(Options, storage, TimeProvider.System))
        {
            journal.Start([]);
            var intake = new DeclaredJournal(journal, registry);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(() => PushAsync(intake, registry, thread))));
        }

        var replayed = new DeviceRegistry(new RegistryOptions());
        var used = 0;
        using var reader = JournalReader.Open(storage);
        while (reader.TryRead(out var block))
        {
            foreach (var batch in block.Batches)
            {
                if (batch.Bytes[0] == (byte)BatchKind.Declarations)
                {
                    replayed.Apply(batch.Bytes);
                    continue;
                }

                var device = BinaryPrimitives.ReadInt32LittleEndian(batch.Bytes[(ReadingsBatch.HeaderBytes + 4)..]);
                Assert.True(replayed.Devices.Contains(device), $"device {device} at {batch.Position}");
                Assert.True(ReadingsBatch.Source(batch.Bytes) < replayed.Sources.Count);
                used++;
            }

            block.Release();
        }

        Assert.Equal(6 * 400, used);
        Assert.Equal(registry.Devices.All().Select(device => device.Name), replayed.Devices.All().Select(device => device.Name));
    }

    [Fact]
    public async Task A_whole_configuration_may_be_declared_before_the_first_append()
    {
        var storage = new SimulatedJournalStorage();
        var registry = new DeviceRegistry(new RegistryOptions());
        await using var journal = JournalLog.Open(Options, storage, TimeProvider.System);
        journal.Start([]);
        for (var i = 0; i < 2_000; i++)
        {
            registry.Declare($"device-{i}", DeviceFacts.Default);
        }

        await AppendAsync(new DeclaredJournal(journal, registry), TestBatch.Tick(1));
        Assert.False(registry.HasPending);
    }

    private static async Task PushAsync(DeclaredJournal intake, DeviceRegistry registry, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var device = registry.Provision($"device-{random.Next(900)}", DeviceFacts.Default)!;
            await AppendAsync(intake, TestBatch.Readings(registry.Source($"mqtt/{random.Next(200)}"), i, new TestRow(device.Id, 0, i, [1])));
        }
    }

    private static async Task AppendAsync(DeclaredJournal intake, byte[] batch)
    {
        while (!intake.TryAppend(batch, null, out _))
        {
            await intake.WaitForRoomAsync(CancellationToken.None);
        }
    }
}
