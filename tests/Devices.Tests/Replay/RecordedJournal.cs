using Fengsui.Devices.Alerts;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;

namespace Fengsui.Devices.Tests.Replay;

/// <summary>A data directory as a server leaves it that ran several times, each time over a part of a script.</summary>
internal sealed class RecordedJournal : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FrozenTime _time = new();

    public string Path => _directory.Path;

    public byte[] AlertLog => File.ReadAllBytes(_directory.Of("alerts", Fengsui.Devices.Alerts.AlertLog.FileName));

    public IReadOnlyList<AlertTransition> Alerts => [.. AlertLogFile.ReadTransitions(_directory.Of("alerts"))];

    /// <summary>With what people and time did.</summary>
    public IReadOnlyList<AlertEntry> Entries => [.. AlertLogFile.Read(_directory.Of("alerts"))];

    /// <summary>Oldest first.</summary>
    public string[] Segments => [.. Directory.GetFiles(_directory.Of("journal"), "*.seg").Order(StringComparer.Ordinal)];

    public static async Task<RecordedJournal> OfAsync(IEnumerable<byte[]> batches, int parts)
    {
        var recorded = new RecordedJournal();
        var all = batches.ToArray();
        foreach (var part in all.Chunk((all.Length + parts - 1) / parts))
        {
            await recorded.AppendAsync(part);
            await using var engine = await recorded.StartAsync();
            await engine.SnapshotAsync(CancellationToken.None);
        }

        return recorded;
    }

    public async Task AppendAsync(IEnumerable<byte[]> batches)
    {
        await using var journal = Fengsui.Devices.Journal.Journal.Open(Options(_directory.Path), _time);
        journal.Start([]);
        foreach (var batch in batches)
        {
            while (!journal.TryAppend(batch, null, out _))
            {
                await journal.WaitForRoomAsync(CancellationToken.None);
            }
        }
    }

    public static EngineOptions EngineOptions(string data) => new()
    {
        DataDirectory = data,
        Journal = Options(data),
        History = new EmbeddedHistoryOptions { Directory = System.IO.Path.Combine(data, "history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
        DeadLetters = new DeadLetterStoreOptions { Directory = data },
        Shards = new ShardOptions { Count = 2 },
    };

    public void Dispose() => _directory.Dispose();

    private async Task<DeviceEngine> StartAsync()
    {
        var engine = DeviceEngine.Open(EngineOptions(_directory.Path), _time);
        await engine.StartAsync(CancellationToken.None);
        return engine;
    }

    private static JournalOptions Options(string data) => new()
    {
        Directory = System.IO.Path.Combine(data, "journal"),
        BlockSizeBytes = 4 << 10,
        SegmentSizeBytes = 16 << 10,
        Durability = Durability.Os,
        Preallocate = false,
        MinFreeBytes = 0,
        RetainBytes = 1 << 30,
    };
}
