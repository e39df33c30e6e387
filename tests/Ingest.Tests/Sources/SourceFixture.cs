using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Ledger;
using Fengsui.Devices.Shards;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>A whole engine in a directory of its own, and what a source is given to work with.</summary>
internal sealed class SourceFixture : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fengsui-sources-").FullName;
    private readonly DeviceEngine _engine;

    private SourceFixture()
    {
        _engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory,
                Journal = new JournalOptions
                {
                    Directory = Path.Combine(_directory, "journal"),
                    BlockSizeBytes = 256 << 10,
                    SegmentSizeBytes = 4 << 20,
                    Durability = Durability.Os,
                    Preallocate = false,
                    MinFreeBytes = 0,
                    RetainBytes = 1 << 30,
                },
                History = new EmbeddedHistoryOptions { Directory = Path.Combine(_directory, "history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory },
                Shards = new ShardOptions { Count = 1 },
            },
            TimeProvider.System);
        Intake = new TelemetryIntake(_engine, new IntakeOptions());
        Context = new SourceContext(Intake, TimeProvider.System, NullLoggerFactory.Instance) { ConfigDirectory = _directory, DataDirectory = _directory };
    }

    public DeviceEngine Engine => _engine;

    public TelemetryIntake Intake { get; }

    public SourceContext Context { get; }

    public static async Task<SourceFixture> StartAsync()
    {
        var fixture = new SourceFixture();
        await fixture._engine.StartAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>What the ledger of a source says once all of the journal is applied.</summary>
    public async Task<LedgerCounts> LedgerAsync(string source)
    {
        var ledger = await _engine.Queries.LedgerAsync(CancellationToken.None);
        return ledger.Sources.Single(one => one.Source == source).Counts;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
