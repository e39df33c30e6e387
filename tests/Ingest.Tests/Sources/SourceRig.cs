using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources;
using Fengsui.Ingest.Sources.Tcp;
using Fengsui.Ingest.Tests.Decoding;
using Fengsui.Ingest.Tests.Mqtt.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fengsui.Ingest.Tests.Sources;

/// <summary>What a source works with: a real engine over a journal in a folder of the test, at a time that the test sets.</summary>
internal sealed class SourceRig : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fengsui-source-");

    private SourceRig(DateTimeOffset now)
    {
        Clock = new FakeClock { Wall = now };
        Engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.FullName,
                Journal = new JournalOptions { Directory = Path.Combine(_directory.FullName, "journal"), SegmentSizeBytes = 8 << 20, Durability = Durability.Os, Preallocate = false, MinFreeBytes = 0 },
                History = new EmbeddedHistoryOptions { Directory = Path.Combine(_directory.FullName, "history"), ArenaSizeBytes = 1 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.FullName },
            },
            Clock);
        Telemetry = new TelemetryIntake(Engine, new IntakeOptions());
        Context = new SourceContext(Telemetry, Clock, NullLoggerFactory.Instance) { ConfigDirectory = _directory.FullName };
    }

    public FakeClock Clock { get; }

    public DeviceEngine Engine { get; }

    public TelemetryIntake Telemetry { get; }

    public SourceContext Context { get; }

    public static async Task<SourceRig> StartAsync(DateTimeOffset now)
    {
        var rig = new SourceRig(now);
        await rig.Engine.StartAsync(CancellationToken.None);
        return rig;
    }

    /// <summary>An intake whose stage the test looks at itself.</summary>
    public SampleIntake Intake(string protocol = "test") => Context.OpenIntake(protocol, "unit", CancellationToken.None);

    public SourceConnection Report() => Context.Book.Add("test", "unit", "127.0.0.1:1");

    /// <summary>Reads what is staged and starts a new batch.</summary>
    public StagedBatch Take(SampleIntake intake)
    {
        var batch = StagedBatch.Read(intake.Stage.Complete(0, Clock.GetUtcNow().ToUnixTimeMilliseconds()), Engine.Registry);
        intake.Stage.Clear();
        return batch;
    }

    /// <summary>Serves a peer that the test plays.</summary>
    public TestPeer Serve(ITcpProtocol protocol) => new(protocol, Report());

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
