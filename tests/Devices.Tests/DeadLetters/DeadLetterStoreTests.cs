using System.Text;
using Fengsui.Devices.DeadLetters;
using Xunit;

namespace Fengsui.Devices.Tests.DeadLetters;

public sealed class DeadLetterStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fengsui-letters-").FullName;
    private readonly List<string> _incidents = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Letters_come_back_with_their_bytes_newest_first_and_survive_a_restart()
    {
        await using (var store = Open())
        {
            Assert.Equal(-1, store.CommittedPosition);
            for (var i = 0; i < 5; i++)
                Assert.True(store.TryEnqueue(Letter(i)));
            await CommitAsync(store, 10);
        }

        await using var again = Open();
        Assert.Equal(10, again.CommittedPosition);
        var all = again.List(new DeadLetterFilter());
        Assert.Equal([4L, 3, 2, 1, 0], all.Select(stored => stored.Letter.JournalPosition));
        Assert.Equal("{\"n\":3}", Encoding.UTF8.GetString(all[1].Letter.Payload));
        var one = again.Get(all[1].Id)!;
        Assert.Equal(("mqtt", "client-0", "telemetry/d3", "bad-json", 1003L), (one.Letter.Protocol, one.Letter.Source, one.Letter.Topic, one.Letter.Reason, one.Letter.TimeMs));
        Assert.Null(again.Get(9999));
    }

    [Fact]
    public async Task A_replay_stores_nothing_twice()
    {
        await using var store = Open();
        store.TryEnqueue(Letter(1));
        store.TryEnqueue(Letter(2));
        await CommitAsync(store, 2);
        store.TryEnqueue(Letter(2));
        store.TryEnqueue(Letter(3));
        store.TryEnqueue(Letter(3));
        store.TryEnqueue(Letter(3) with { IndexInBatch = 1 });
        await CommitAsync(store, 3);
        Assert.Equal(4, store.Stats.Count);
        Assert.Equal(4, store.Stats.Stored);
    }

    [Fact]
    public async Task Filters_and_pages()
    {
        await using var store = Open();
        for (var i = 0; i < 30; i++)
            store.TryEnqueue(Letter(i));
        await CommitAsync(store, 30);
        Assert.Equal(15, store.List(new DeadLetterFilter { Reason = "bad-time" }).Count);
        Assert.Equal(10, store.List(new DeadLetterFilter { Source = "client-0" }).Count);
        Assert.Equal([29L, 28], store.List(new DeadLetterFilter { TopicPrefix = "telemetry/d2", Limit = 2 }).Select(stored => stored.Letter.JournalPosition));
        Assert.Empty(store.List(new DeadLetterFilter { TopicPrefix = "telemetry/%" }));
        Assert.Equal([6L, 5], store.List(new DeadLetterFilter { FromMs = 1005, ToMs = 1007 }).Select(stored => stored.Letter.JournalPosition));
        var seen = new List<long>();
        for (long? before = null; ;)
        {
            var page = store.List(new DeadLetterFilter { BeforeId = before, Limit = 7 });
            if (page.Count == 0)
                break;
            seen.AddRange(page.Select(stored => stored.Letter.JournalPosition));
            before = page[^1].Id;
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(i => 29L - i), seen);
    }

    [Fact]
    public async Task The_oldest_are_dropped_and_counted_at_either_bound()
    {
        await using (var store = Open(options => options with { MaxCount = 10 }))
        {
            for (var i = 0; i < 25; i++)
                store.TryEnqueue(Letter(i));
            await CommitAsync(store, 25);
            Assert.Equal((10, 15), (store.Stats.Count, store.Stats.Dropped));
            Assert.Equal(15, store.List(new DeadLetterFilter())[^1].Letter.JournalPosition);
        }

        await using var smaller = Open(options => options with { MaxBytes = 30 });
        smaller.TryEnqueue(Letter(26));
        await CommitAsync(smaller, 26);
        Assert.True(smaller.Stats.PayloadBytes <= 30);
        Assert.Equal(26 - smaller.Stats.Count, smaller.Stats.Dropped);
        Assert.Equal(smaller.Stats.PayloadBytes, smaller.List(new DeadLetterFilter()).Sum(stored => stored.Letter.Payload.Length));
    }

    [Fact]
    public void Payloads_are_cut_and_say_so()
    {
        var letter = DeadLetter.Create(1, 0, 0, "mqtt", "c", "t", "too-large", new byte[100_000]);
        Assert.Equal(DeadLetter.MaxPayloadBytes, letter.Payload.Length);
        Assert.Equal(100_000, letter.OriginalLength);
        Assert.True(letter.IsTruncated);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_corrupt_file_is_set_aside_and_reported(int damage)
    {
        await using (var store = Open())
        {
            for (var i = 0; i < 200; i++)
                store.TryEnqueue(Letter(i));
            await CommitAsync(store, 200);
        }

        var path = Path.Combine(_folder, DeadLetterStore.FileName);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, damage switch { 0 => new byte[bytes.Length], 1 => bytes[..^5000], _ => [.. bytes.Select((b, i) => i > 4096 && i % 3 == 0 ? (byte)0xa5 : b)] });
        await using (var again = Open())
        {
            Assert.Single(_incidents);
            Assert.True(File.Exists(path + ".corrupt-1"));
            Assert.Equal((0, -1), (again.Stats.Count, again.CommittedPosition));
            again.TryEnqueue(Letter(1));
            await CommitAsync(again, 5);
            Assert.Equal(1, again.Stats.Count);
        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_full_queue_refuses_and_counts()
    {
        using var queue = new DeadLetterQueue(maxCount: 2, maxBytes: 100, committed: -1);
        Assert.True(queue.TryAdd(Letter(1)));
        Assert.False(queue.TryAdd(Letter(2) with { Payload = new byte[99] }));
        Assert.True(queue.TryAdd(Letter(3)));
        Assert.False(queue.TryAdd(Letter(4)));
        Assert.Equal(2, queue.Refused);
        Assert.Equal(2, queue.Take().Letters.Count);
        Assert.True(queue.TryAdd(Letter(4)));
    }

    private DeadLetterStore Open(Func<DeadLetterStoreOptions, DeadLetterStoreOptions>? change = null)
    {
        var options = new DeadLetterStoreOptions { Directory = _folder, OnIncident = _incidents.Add };
        return DeadLetterStore.Open(change is null ? options : change(options), TimeProvider.System);
    }

    private static async Task CommitAsync(DeadLetterStore store, long position)
    {
        store.Mark(position);
        await store.WaitForPositionAsync(position).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static DeadLetter Letter(int n) => DeadLetter.Create(
        n, 0, 1000 + n, "mqtt", "client-" + (n % 3), "telemetry/d" + n, n % 2 == 0 ? "bad-time" : "bad-json", Encoding.UTF8.GetBytes($"{{\"n\":{n}}}"));
}
