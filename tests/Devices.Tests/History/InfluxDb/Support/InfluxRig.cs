using System.Collections.Concurrent;
using System.Diagnostics;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.History.InfluxDb;
using Fengsui.Devices.History.InfluxDb.Configuration;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Devices.Tests.Engine.Support;
using EngineRow = Fengsui.Devices.Tests.Engine.Support.TestRow;

namespace Fengsui.Devices.Tests.History.InfluxDb.Support;

/// <summary>A real engine on a folder of the test, and targets on its journal.</summary>
internal sealed class InfluxRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _directory = new();
    private readonly long _retainBytes;

    private InfluxRig(long retainBytes) => _retainBytes = retainBytes;

    public DeviceEngine Engine { get; private set; } = null!;

    public ConcurrentQueue<EngineIncident> Incidents { get; } = new();

    public string DataDirectory => _directory.Path;

    /// <summary>A second in the past on which the readings of tests begin.</summary>
    public long StartMs { get; } = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600) * 1000;

    public static async Task<InfluxRig> StartAsync(long retainBytes = 1 << 30)
    {
        var rig = new InfluxRig(retainBytes);
        await rig.RestartAsync();
        return rig;
    }

    public static InfluxTargetOptions Target(Uri url, InfluxGeneration generation = InfluxGeneration.V1) => new()
    {
        Name = "test",
        Url = url,
        Generation = generation,
        Database = generation == InfluxGeneration.V2 ? null : "fengsui",
        Organisation = "org",
        Bucket = "bucket",
        BatchAge = TimeSpan.FromMilliseconds(50),
        RetryInitial = TimeSpan.FromMilliseconds(10),
        RetryMaximum = TimeSpan.FromMilliseconds(100),
        StoppedRetry = TimeSpan.FromMilliseconds(100),
    };

    public async Task RestartAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }

        Engine = DeviceEngine.Open(
            new EngineOptions
            {
                DataDirectory = _directory.Path,
                Journal = new JournalOptions
                {
                    Directory = _directory.Of("journal"),
                    BlockSizeBytes = 64 << 10,
                    SegmentSizeBytes = 1 << 20,
                    Durability = Durability.Os,
                    Preallocate = false,
                    MinFreeBytes = 0,
                    RetainBytes = _retainBytes,
                },
                History = new EmbeddedHistoryOptions { Directory = _directory.Of("history"), ArenaSizeBytes = 8 << 20, BackgroundMaintenance = false },
                DeadLetters = new DeadLetterStoreOptions { Directory = _directory.Path },
                Shards = new ShardOptions { Count = 2 },
                OnIncident = Incidents.Enqueue,
            },
            TimeProvider.System);
        await Engine.StartAsync(default);
    }

    public InfluxTarget Open(InfluxTargetOptions options)
    {
        var target = InfluxTarget.Open(Engine, options, TimeProvider.System, Incidents.Enqueue);
        target.Start();
        return target;
    }

    /// <summary>Appends one row of one metric for each of the devices.</summary>
    public Task PushAsync(int from, int count, int devices = 4, string metric = "temperature") =>
        PushRowsAsync(Enumerable.Range(from, count).SelectMany(step => Enumerable.Range(0, devices).Select(device => Row($"device-{device}", StartMs + step * 1000L, (metric, step)))));

    /// <summary>Appends rows in batches of a few hundred.</summary>
    public async Task PushRowsAsync(IEnumerable<EngineRow> rows)
    {
        var source = Engine.Registry.Source("mqtt/gateway");
        foreach (var some in rows.Chunk(200))
        {
            var batch = TestBatch.Readings(source, Engine.Clock.NowMs(), some);
            while (!Engine.Intake.TryAppend(batch, null, out _))
            {
                await Engine.Intake.WaitForRoomAsync(default);
            }
        }
    }

    public EngineRow Row(string device, long timeMs, params (string Metric, double Value)[] readings)
    {
        var metrics = readings.Select(reading => Engine.Registry.TryMetric(reading.Metric, out var id) ? id : throw new InvalidOperationException()).ToArray();
        return new EngineRow(
            Engine.Registry.Provision(device, new DeviceFacts("gas", "hall-1", [new("wing", "west")]))!.Id,
            Engine.Registry.Shape(metrics)!.Id,
            timeMs,
            [.. readings.Select(reading => reading.Value)]);
    }

    /// <summary>Completes when the target has brought all that was appended so far to its end.</summary>
    public async Task CaughtUpAsync(InfluxTarget target)
    {
        var tick = TestBatch.Tick(Engine.Clock.NowMs());
        Engine.Intake.TryAppend(tick, null, out var end);
        await UntilAsync(() => target.Committed >= end, () => target.Status.ToString());
    }

    public static async Task UntilAsync(Func<bool> condition, Func<string>? state = null)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > Patience)
            {
                throw new TimeoutException("not reached: " + state?.Invoke());
            }

            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _directory.Dispose();
    }
}
