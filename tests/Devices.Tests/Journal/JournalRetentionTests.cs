using Fengsui.Support.Journal;
using Xunit;

namespace Fengsui.Devices.Tests.Journal;

using Fengsui.Devices.Journal;
using static JournalTesting;

public sealed class JournalRetentionTests
{
    private static readonly JournalOptions Small = Options with { RetainBytes = 4 << 10 };

    [Fact]
    public async Task Nothing_is_deleted_before_the_projections_have_released_it()
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage, Small);
        for (var i = 0; i < 20; i++)
            await journal.CommitAsync(Bytes(900, i));

        Assert.Equal(10, storage.Names.Count);
    }

    [Fact]
    public async Task What_is_released_and_beyond_the_size_is_deleted_and_what_is_needed_stays_whatever_its_size()
    {
        var storage = new SimulatedJournalStorage();
        await using var journal = Start(storage, Small);
        var positions = new List<long>();
        for (var i = 0; i < 20; i++)
            positions.Add(await journal.CommitAsync(Bytes(900, i)));

        journal.Release(positions[5]);
        for (var i = 0; i < 2; i++)
            positions.Add(await journal.CommitAsync(Bytes(900, i)));
        using (var reader = journal.ReadFrom(positions[5]))
            Assert.Equal(positions[6..], ReadAll(reader, out _).Select(batch => batch.Position));
        Assert.Equal(8, storage.Names.Count);

        journal.Release(journal.Committed);
        for (var i = 0; i < 2; i++)
            await journal.CommitAsync(Bytes(900, i));
        Assert.InRange(storage.Names.Count, 2, 3);

        await journal.DisposeAsync();
        await using var again = Start(storage, Small);
        Assert.True(again.RecoveryReport.IsClean);
        Assert.Equal(24, again.RecoveryReport.LastSequence);
    }

    [Fact]
    public async Task What_is_released_and_too_old_is_deleted()
    {
        var storage = new SimulatedJournalStorage();
        var clock = new SteppingClock();
        await using var journal = Journal.Open(Options with { RetainAge = TimeSpan.FromHours(1) }, storage, clock);
        journal.Start([]);
        for (var i = 0; i < 6; i++)
            await journal.CommitAsync(Bytes(900, i));
        journal.Release(journal.Committed);
        clock.Now += TimeSpan.FromMinutes(59);
        await journal.CommitAsync(Bytes(900, 6));
        Assert.Equal(4, storage.Names.Count);

        clock.Now += TimeSpan.FromMinutes(2);
        await journal.CommitAsync(Bytes(900, 7));
        await journal.CommitAsync(Bytes(900, 8));
        Assert.Equal(2 + 1, storage.Names.Count);
    }

    private sealed class SteppingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
