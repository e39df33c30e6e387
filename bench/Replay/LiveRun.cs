using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Ingest.Admission;
using Fengsui.Rules;

namespace Fengsui.Bench.Replay;

/// <summary>
/// The live run: the server's own engine and intake, fed with the JSON messages of a <see cref="Site"/> by a clock that runs
/// as fast as they are taken. Journal, ticks, snapshots, history and alert log are what a server leaves. Half way it is stopped and
/// started again.
/// </summary>
internal sealed class LiveRun(string data, IReadOnlyList<RuleFile> rules)
{
    /// <summary>2026-05-04T08:00:00Z: any whole hour would do.</summary>
    public const long StartMs = 1_777_881_600_000;

    private readonly Site _site = new();
    private readonly SteppedTime _time = new(StartMs);
    private readonly byte[][] _topics = [.. Enumerable.Range(0, Site.Devices).Select(Site.Topic)];

    public long Messages { get; private set; }

    /// <summary>What the engine survived but should not have met.</summary>
    public List<string> Incidents { get; } = [];

    public async Task RecordAsync(int seconds)
    {
        var half = seconds / 2;
        await RecordAsync(0, half).ConfigureAwait(false);
        await RecordAsync(half, seconds).ConfigureAwait(false);
    }

    private async Task RecordAsync(int fromSecond, int toSecond)
    {
        var engine = DeviceEngine.Open(Options(), _time);
        await using (engine.ConfigureAwait(false))
        {
            await engine.StartAsync(CancellationToken.None).ConfigureAwait(false);
            var outcome = await engine.RuleSets.SubmitConfigAsync(rules, CancellationToken.None).ConfigureAwait(false);
            if (!outcome.Accepted)
            {
                throw new InvalidDataException(string.Join('\n', outcome.Diagnostics));
            }

            Declare(engine.Registry);
            Send(engine, fromSecond * 1_000L, toSecond * 1_000L);
            await engine.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static void Declare(DeviceRegistry registry)
    {
        for (var device = 0; device < Site.Devices; device++)
        {
            registry.Declare(Site.Name(device), new DeviceFacts(Site.Type(device), Site.Zone(device), Site.Labels(device)));
        }
    }

    /// <summary>One gateway a zone: each step it sends what its devices say in one go.</summary>
    private void Send(DeviceEngine engine, long fromMs, long toMs)
    {
        var intake = new TelemetryIntake(engine, new IntakeOptions());
        var gateways = Enumerable.Range(0, Site.Zones).Select(zone => intake.Open($"gateway-{zone}", "mqtt", null)).ToArray();
        for (var elapsed = fromMs; elapsed < toMs; elapsed += Site.StepMs)
        {
            _time.Advance(Site.StepMs);
            for (var zone = 0; zone < Site.Zones; zone++)
            {
                for (var device = zone * Site.DevicesPerZone; device < (zone + 1) * Site.DevicesPerZone; device++)
                {
                    Send(gateways[zone], device, elapsed);
                }

                Commit(gateways[zone]);
            }
        }

        Array.ForEach(gateways, gateway => gateway.Dispose());
    }

    private void Send(IConnectionIntake gateway, int device, long elapsed)
    {
        if (Site.IsSilent(device, elapsed))
        {
            return;
        }

        if (elapsed >= Site.LateMs && Site.IsLate(device, elapsed - Site.LateMs))
        {
            Accept(gateway, device, elapsed - Site.LateMs);
        }

        for (var times = Site.IsLate(device, elapsed) ? 0 : Site.IsRepeated(device, elapsed) ? 2 : 1; times > 0; times--)
        {
            Accept(gateway, device, elapsed);
        }
    }

    private void Accept(IConnectionIntake gateway, int device, long elapsed)
    {
        var message = new InboundMessage
        {
            Topic = _topics[device],
            Payload = _site.Message(device, StartMs + elapsed, elapsed),
            Qos = 1,
            PacketId = 1,
            TopicCacheSlot = device % Site.DevicesPerZone,
        };
        var verdict = gateway.Accept(message);
        if (verdict != IntakeVerdict.Staged)
        {
            throw new InvalidOperationException($"a message was not taken: {verdict}");
        }

        Messages++;
        if (gateway.NeedsCommit)
        {
            Commit(gateway);
        }
    }

    private static void Commit(IConnectionIntake gateway)
    {
        while (gateway.HasStaged && !gateway.TryCommit(NobodyWaits.Instance, out _))
        {
            gateway.WaitForRoomAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private EngineOptions Options() => new()
    {
        DataDirectory = data,
        Journal = new JournalOptions
        {
            Directory = Path.Combine(data, "journal"),
            Durability = Durability.Os,
            RetainBytes = long.MaxValue,
        },
        History = new EmbeddedHistoryOptions { Directory = Path.Combine(data, "history") },
        DeadLetters = new DeadLetterStoreOptions { Directory = data },
        Shards = new ShardOptions { Count = 2 },
        OnIncident = incident => Incidents.Add($"{incident.Part}: {incident.Message}"),
    };
}
