using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using Fengsui.Rules.Model;
using Xunit;

namespace Fengsui.Devices.Tests.History.InfluxDb;

/// <summary>What the follower takes for applied is what the actors applied, from wherever it begins.</summary>
public sealed class AppliedRowsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_rows_are_those_of_the_embedded_history_with_the_same_times(int seed)
    {
        await WriteJournalAsync(seed, 200);
        await using var engine = await StartAsync();
        var followed = Follow(engine, -1).Select(row => (row.Device, row.Metric, row.TimeMs, row.Bits)).ToHashSet();
        var stored = new HashSet<(string, string, long, long)>();
        foreach (var device in engine.Registry.Devices.All())
        {
            for (ushort metric = 0; metric < engine.Registry.Metrics.Count; metric++)
            {
                foreach (var reading in engine.Queries.Readings(device.Name, engine.Registry.Metrics.NameOf(metric), long.MinValue / 4, long.MaxValue / 4))
                {
                    stored.Add((device.Name, engine.Registry.Metrics.NameOf(metric), reading.EventTimeMs, BitConverter.DoubleToInt64Bits(reading.Value)));
                }
            }
        }

        Assert.True(stored.Count > 1000);
        Assert.Equal(stored.Order(), followed.Order());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task The_rows_after_any_place_are_the_same_whether_read_from_there_or_from_the_beginning(int seed)
    {
        var ends = await WriteJournalAsync(seed, 150);
        await using (var first = await StartAsync())
        {
            await first.SnapshotAsync(default);
        }

        await AppendAsync(seed, 150, 150);
        await using var engine = await StartAsync();
        await engine.SnapshotAsync(default);
        var all = Follow(engine, -1);
        foreach (var place in ends.Where((_, index) => index % 20 == 0).Concat([engine.SnapshotPosition, engine.SnapshotPosition - 1]))
        {
            var start = FollowStart.Find(engine, place);
            Assert.Equal("", start.Doubt);
            Assert.Equal(all.Where(row => row.Position > place), Follow(engine, place));
        }

        Assert.True(FollowStart.Find(engine, engine.SnapshotPosition).ReadFrom > 0, "no snapshot was used: the test proves nothing");
    }

    public void Dispose() => _directory.Dispose();

    private static List<Seen> Follow(DeviceEngine engine, long place)
    {
        var start = FollowStart.Find(engine, place);
        var seen = new List<Seen>();
        using var journal = engine.JournalLog.Follow(start.ReadFrom);
        while (journal.TryRead(out var block))
        {
            foreach (var batch in block.Batches)
            {
                start.Rows.Read(batch, batch.Position > place ? Take : null);
            }

            block.Release();
        }

        Assert.Empty(journal.TakeGaps());
        return seen;

        void Take(in AppliedRow row)
        {
            for (var i = 0; i < row.Values.Length; i++)
            {
                seen.Add(new Seen(
                    row.Position,
                    row.Index,
                    row.Device.Name,
                    row.Device.Facts.Zone,
                    start.Rows.Registry.Metrics.NameOf(row.Shape.Metrics[i]),
                    row.TimeMs,
                    BitConverter.DoubleToInt64Bits(row.Values[i]),
                    row.Qualities.IsEmpty ? Quality.Good : row.Qualities[i]));
            }
        }
    }

    /// <summary>Gives where the journal's blocks end.</summary>
    private Task<List<long>> WriteJournalAsync(int seed, int blocks) => AppendAsync(seed, 0, blocks);

    private async Task<List<long>> AppendAsync(int seed, int from, int count)
    {
        var ends = new List<long>();
        await using var journal = Devices.Journal.Journal.Open(JournalOptions(), new FrozenTime());
        journal.Start([]);
        foreach (var block in Script.Of(seed, from + count).Skip(from))
        {
            foreach (var batch in block.Batches)
            {
                Assert.True(journal.TryAppend(batch, null, out var end));
                await journal.WaitForCommitAsync(end, default);
                ends.Add(end);
            }
        }

        return ends;
    }

    private async Task<DeviceEngine> StartAsync()
    {
        var engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.Path,
                Journal = JournalOptions(),
                History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 4 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
                Shards = new ShardOptions { Count = 2 },
            },
            new FrozenTime());
        await engine.StartAsync(default);
        return engine;
    }

    private JournalOptions JournalOptions() => new()
    {
        Directory = _directory.Of("journal"),
        BlockSizeBytes = 64 << 10,
        SegmentSizeBytes = 128 << 10,
        Durability = Durability.Os,
        CommitInterval = TimeSpan.Zero,
        IdleCommitInterval = TimeSpan.Zero,
        Preallocate = false,
        MinFreeBytes = 0,
        RetainBytes = 1 << 30,
    };

    private sealed record Seen(long Position, int Index, string Device, string Zone, string Metric, long TimeMs, long Bits, Quality Quality);
}
