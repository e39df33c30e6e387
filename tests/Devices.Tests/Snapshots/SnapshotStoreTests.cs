using Fengsui.Devices.Ledger;
using Fengsui.Devices.Snapshots;
using Fengsui.Devices.Tests.Engine.Support;
using Xunit;

namespace Fengsui.Devices.Tests.Snapshots;

public sealed class SnapshotStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Gives_back_the_newest_and_keeps_two()
    {
        var store = new SnapshotStore(_directory.Path);
        Assert.Null(store.LoadNewest());
        Assert.Equal(100, store.Save(At(100)));
        Assert.Equal(100, store.Save(At(200)));
        Assert.Equal(200, store.Save(At(300)));
        Assert.Equal(2, Directory.GetFiles(_directory.Path).Length);
        Assert.Equal(At(300).Encode(), new SnapshotStore(_directory.Path).LoadNewest()!.Encode());
    }

    [Fact]
    public void A_snapshot_cut_anywhere_or_with_any_bit_flipped_is_passed_over_with_a_report()
    {
        var store = new SnapshotStore(_directory.Path);
        store.LoadNewest();
        store.Save(At(100));
        store.Save(At(200));
        var path = Directory.GetFiles(_directory.Path).Order().Last();
        var whole = File.ReadAllBytes(path);
        var damaged = Enumerable.Range(0, whole.Length).Select(length => whole[..length])
            .Concat(Enumerable.Range(0, whole.Length * 8).Where(bit => bit % 3 == 0).Select(bit => Flip(whole, bit)));
        foreach (var bytes in damaged)
        {
            File.WriteAllBytes(path, bytes);
            var opened = new SnapshotStore(_directory.Path);
            Assert.Equal(100, opened.LoadNewest()!.Position);
            Assert.Single(opened.Damage);
            Assert.False(File.Exists(path));
        }
    }

    [Fact]
    public void A_damaged_snapshot_does_not_push_a_whole_one_out()
    {
        var store = new SnapshotStore(_directory.Path);
        store.LoadNewest();
        store.Save(At(100));
        store.Save(At(200));
        File.WriteAllBytes(Directory.GetFiles(_directory.Path).Order().Last(), [1, 2, 3]);
        File.WriteAllBytes(_directory.Of("s-x.fss.tmp"), [1]);
        var again = new SnapshotStore(_directory.Path);
        Assert.Equal(100, again.LoadNewest()!.Position);
        Assert.Equal(100, again.Save(At(300)));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.tmp"));
    }

    [Fact]
    public void A_snapshot_that_is_objected_to_is_passed_over_and_kept_and_is_better_than_none_when_the_journal_is_short()
    {
        var store = new SnapshotStore(_directory.Path);
        store.LoadNewest();
        store.Save(At(100) with { AlertCount = 7 });
        store.Save(At(200) with { AlertCount = 9 });
        Assert.Equal(100, Opened().LoadNewest(snapshot => snapshot.AlertCount > 7 ? "two are gone" : null)!.Position);
        Assert.Null(Opened().LoadNewest(_ => "gone"));
        var last = Opened();
        Assert.Equal(100, last.LoadNewest(_ => "gone", mustHave: true)!.Position);
        Assert.Equal(2, last.Damage.Count);
        Assert.Equal(200, Opened().LoadNewest()!.Position);

        SnapshotStore Opened() => new(_directory.Path);
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] Flip(byte[] whole, int bit)
    {
        var bytes = (byte[])whole.Clone();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return bytes;
    }

    private static Snapshot At(long position) => new(position, 5, 4, [1], null, new LedgerBook(), [new(3, [9, 9])], ["tank"], [new(0, [8])]);
}
