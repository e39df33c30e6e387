using Fengsui.Ingest.Ble.Adverts;
using Fengsui.Ingest.Tests.Sources;

namespace Fengsui.Ingest.Tests.Ble;

/// <summary>The replay guard over restarts: a new book knows nothing but what the journal and the file tell it.</summary>
public sealed class CounterStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sender Lock = new(GatewayRig.LockAddress, Sender.GoldenKey);

    [Fact]
    public async Task A_new_book_refuses_what_the_journal_holds_and_takes_what_comes_next()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await SayAsync(rig, TcpPeer.Book(), 5, 9);
        var book = TcpPeer.Book();
        await Store(rig, book, "").RestoreAsync(CancellationToken.None);

        Assert.Equal(9, book.Devices().Single(device => device.Name == "lock-1").Counter);
        Assert.Equal((0, 1), await AppliedAsync(rig, book, 5));
        Assert.Equal((3, 1), await AppliedAsync(rig, book, 10));
    }

    [Fact]
    public async Task What_was_taken_and_not_committed_is_taken_again_after_a_restart()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        var lost = new GatewayRig();
        Assert.Single(lost.Hear(lost.Lock, lost.Lock.Data("1F01", 5)).Rows);
        var book = TcpPeer.Book();
        await Store(rig, book, "").RestoreAsync(CancellationToken.None);

        Assert.Equal((3, 0), await AppliedAsync(rig, book, 5));
    }

    [Fact]
    public async Task The_file_stands_in_for_a_history_that_has_forgotten()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fengsui-{Guid.NewGuid():N}", "locks.counters");
        await using (var rig = await SourceRig.StartAsync(Noon))
        {
            var book = TcpPeer.Book();
            await SayAsync(rig, book, 5, 9);
            await Store(rig, book, file).SaveAsync(CancellationToken.None);
        }

        await File.AppendAllTextAsync(file, "half a li");
        await using var fresh = await SourceRig.StartAsync(Noon.AddYears(1));
        var restored = TcpPeer.Book();
        await Store(fresh, restored, file).RestoreAsync(CancellationToken.None);
        Assert.Equal((0, 1), await AppliedAsync(fresh, restored, 8));
        Assert.Equal((3, 1), await AppliedAsync(fresh, restored, 10));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Counters_from_before_a_change_of_battery_count_no_more()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        var file = Path.Combine(Path.GetTempPath(), $"fengsui-{Guid.NewGuid():N}", "locks.counters");
        var before = TcpPeer.Book();
        await SayAsync(rig, before, 5, 900);
        await Store(rig, before, file).SaveAsync(CancellationToken.None);
        rig.Clock.Advance(60);
        var options = TcpPeer.Options with
        {
            Devices = [GatewayRig.Fact(GatewayRig.LockAddress, "lock-1", since: rig.Clock.Wall.AddSeconds(-30).ToUnixTimeMilliseconds())],
        };
        var book = TcpPeer.Book(options);
        var store = new CounterStore(book, options, rig.Engine, file);
        await store.RestoreAsync(CancellationToken.None);

        Assert.Equal((3, 0), await AppliedAsync(rig, book, 1));
        Assert.Equal((0, 1), await AppliedAsync(rig, book, 0));
        await store.SaveAsync(CancellationToken.None);
        Assert.StartsWith($"{GatewayRig.LockAddress} 1 ", Assert.Single(await File.ReadAllLinesAsync(file)), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task The_newest_heard_again_after_a_restart_is_stored_already()
    {
        await using var rig = await SourceRig.StartAsync(Noon);
        await SayAsync(rig, TcpPeer.Book(), 9);
        var book = TcpPeer.Book();
        await Store(rig, book, "").RestoreAsync(CancellationToken.None);

        Assert.Equal((0, 0), await AppliedAsync(rig, book, 9));
        Assert.Equal((0, 0), await AppliedAsync(rig, book, 9, ",\"dup\":true"));
    }

    private static CounterStore Store(SourceRig rig, AdvertBook book, string file) => new(book, TcpPeer.Options, rig.Engine, file);

    private static async Task SayAsync(SourceRig rig, AdvertBook book, params uint[] counters)
    {
        await using var peer = await new TcpPeer(rig.Context, rig.Report(), book).LoginAsync();
        foreach (var counter in counters)
        {
            await peer.SendAsync(TcpPeer.Advert(Lock, Lock.Data("1F01", counter), counter));
            Assert.Equal($"{{\"ack\":{counter}}}", await peer.ReadAsync());
        }

        // The history follows the journal.
        await rig.Engine.DrainAsync(CancellationToken.None);
    }

    /// <summary>Readings more that are applied, and dead letters in all, once one more counter was heard.</summary>
    private static async Task<(long Applied, long Letters)> AppliedAsync(SourceRig rig, AdvertBook book, uint counter, string more = "")
    {
        var before = (await rig.Engine.Queries.LedgerAsync(CancellationToken.None)).Total;
        await using (var peer = await new TcpPeer(rig.Context, rig.Report(), book).LoginAsync())
        {
            await peer.SendAsync(TcpPeer.Advert(Lock, Lock.Data("1F01", counter), counter, more));
            await peer.ReadAsync();
        }

        var after = (await rig.Engine.Queries.LedgerAsync(CancellationToken.None)).Total;
        return (after.Applied - before.Applied, after.DeadLettered);
    }
}
