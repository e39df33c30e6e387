using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

/// <summary>Hostile world 1: kill and power cut at any moment. Whatever a waiter was told is there afterwards.</summary>
public sealed class JournalPowerCutTests
{
    private const int Lives = 3;

    [Fact]
    public async Task A_power_cut_in_any_operation_loses_nothing_that_was_acknowledged()
    {
        // Every step of a fixed run, three times over with other chances for what survives of the unsynced pages.
        var total = await OperationsOfOneLifeAsync();
        Assert.InRange(total, 20, 500);
        for (var step = 1; step <= total; step++)
        {
            for (var chance = 0; chance < 3; chance++)
                await RunAsync(seed: step * 10 + chance, firstCut: step);
        }
    }

    [Fact]
    public async Task Thousands_of_seeded_lives_with_cuts_kills_and_failing_disks_lose_nothing_that_was_acknowledged()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_SIMULATIONS") ?? "1500", System.Globalization.CultureInfo.InvariantCulture);
        var first = int.Parse(Environment.GetEnvironmentVariable("FENGSUI_SEED") ?? "1000000", System.Globalization.CultureInfo.InvariantCulture);
        for (var seed = first; seed < first + count; seed++)
            await RunAsync(seed, firstCut: null);
    }

    private static async Task<int> OperationsOfOneLifeAsync()
    {
        var storage = new SimulatedJournalStorage();
        await LiveAsync(storage, new(), new Random(0), isFaulty: false);
        return storage.Operations;
    }

    /// <summary>Several lives of one journal, each ended by a cut or a kill, with all that was ever promised checked after each.</summary>
    private static async Task RunAsync(int seed, int? firstCut)
    {
        var random = new Random(seed);
        var promises = new Dictionary<long, byte[]>();
        var storage = new SimulatedJournalStorage(seed);
        try
        {
            for (var life = 0; life < Lives; life++)
            {
                storage.OperationsUntilPowerCut = life == 0 && firstCut is { } cut ? cut : random.Next(1, 60);
                await LiveAsync(storage, promises, random, isFaulty: firstCut is null);
                storage = random.Next(4) == 0 ? storage.AfterKill() : storage.AfterPowerCut();
                AssertPromises(ReadAll(storage, out _), promises, $"beside, life {life}");
            }

            // The last opening meets no faults; then everything must be there for the journal itself as well.
            await using var journal = Start(storage);
            Assert.Empty(journal.RecoveryReport.Gaps);
            using var reader = journal.ReadFrom(0);
            AssertPromises(ReadAll(reader, out var gaps), promises, "at the end");
            Assert.Empty(gaps);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed}, first cut {firstCut}: {failure.Message}", failure);
        }
    }

    private static async Task LiveAsync(SimulatedJournalStorage storage, Dictionary<long, byte[]> promises, Random random, bool isFaulty)
    {
        var consumer = new RecordingConsumer();
        var journal = default(Journal);
        try
        {
            journal = Start(storage, null, consumer);
            for (var i = 0; i < 12; i++)
            {
                if (isFaulty && random.Next(8) == 0)
                    storage.FailingSyncs = random.Next(1, 3);
                if (isFaulty && random.Next(8) == 0)
                    storage.FailingWrites = random.Next(1, 3);
                if (!await AppendAndWaitAsync(journal, storage, promises, random))
                    break;
            }
        }
        catch (IOException)
        {
            // The power was cut while opening.
        }
        finally
        {
            if (journal is not null)
                await journal.DisposeAsync();
        }

        // A projection saw only what was promised or what was still on its way: nothing that another life may write otherwise.
        foreach (var (position, bytes) in consumer.Batches)
            promises[position] = bytes;
    }

    private static async Task<bool> AppendAndWaitAsync(Journal journal, SimulatedJournalStorage storage, Dictionary<long, byte[]> promises, Random random)
    {
        var group = new List<(long Position, byte[] Bytes)>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var bytes = Bytes(random.Next(1, 700), random.Next());
            if (journal.TryAppend(bytes, null, out var position))
                group.Add((position, bytes));
        }

        if (group.Count == 0)
            return false;
        var committed = journal.WaitForCommitAsync(group[^1].Position, CancellationToken.None).AsTask();
        while (!committed.IsCompleted && !storage.IsDown)
            await Task.WhenAny(committed, storage.Down);
        if (!committed.IsCompletedSuccessfully)
            return false;
        foreach (var (position, bytes) in group)
            promises.Add(position, bytes);
        return true;
    }

    private static void AssertPromises(List<(long Position, byte[] Bytes)> read, Dictionary<long, byte[]> promises, string when)
    {
        Assert.Equal(read.Select(batch => batch.Position).Order(), read.Select(batch => batch.Position));
        var found = read.ToDictionary(batch => batch.Position, batch => batch.Bytes);
        foreach (var (position, bytes) in promises)
            Assert.True(found.TryGetValue(position, out var got) && got.AsSpan().SequenceEqual(bytes), $"{when}: {position} was acknowledged and is gone");
    }
}
