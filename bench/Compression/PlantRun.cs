using Fengsui.Bench.Replay;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Shards;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Sources.Configuration;
using Fengsui.Ingest.Sources.Stepped;
using Fengsui.Scenarios.Wire;

namespace Fengsui.Bench.Compression;

/// <summary>
/// One plant into one empty server: intake, decoders, journal, shards, history with its flushes, merges and tiers, as the program
/// runs them, by a clock that the messages drive.
/// </summary>
internal sealed class PlantRun(IPlant plant, long startMs, string directory)
{
    private const int TickMs = 1_000;

    private readonly SteppedTime _time = new(startMs);
    private readonly Dictionary<string, (IConnectionIntake Intake, int Messages)> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SteppedPeer Peer, ushort Serial)> _terminals = new(StringComparer.Ordinal);

    public async Task<PlantSizes> RunAsync()
    {
        var history = Path.Combine(directory, "history");
        var engine = DeviceEngine.Open(Options(history), _time);
        PlantSizes sizes;
        await using (engine.ConfigureAwait(false))
        {
            await engine.StartAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Run(() => Play(engine)).ConfigureAwait(false);
            await engine.SnapshotAsync(CancellationToken.None).ConfigureAwait(false);
            while (engine.History.MaintainOnce())
            {
            }

            sizes = new PlantSizes(plant, engine.Registry);
        }

        sizes.Read(history);
        return sizes;
    }

    private void Play(DeviceEngine engine)
    {
        var journal = new SteppedJournal(engine);
        var intake = new TelemetryIntake(journal, new IntakeOptions());
        var sources = OpenSources(intake);
        var nextTickMs = startMs + TickMs;
        foreach (var arrival in plant.Arrivals())
        {
            for (; nextTickMs <= startMs + arrival.AtMs; nextTickMs += TickMs)
            {
                _time.Advance(nextTickMs - _time.NowMs);
            }

            _time.MoveTo(startMs + arrival.AtMs);
            if (arrival.Frame is { } frame)
            {
                Report(frame, journal, sources!);
            }
            else
            {
                Publish(arrival, intake);
            }
        }

        foreach (var (gateway, _) in _gateways.Values)
        {
            gateway.Dispose();
        }
    }

    private SteppedSources? OpenSources(TelemetryIntake intake)
    {
        var config = Path.Combine(directory, "config");
        var texts = plant.Sources(config);
        if (texts.Count == 0)
        {
            return null;
        }

        var catalog = SourceFileReader.Read([.. texts.Select((text, i) => new SourceFile($"sources/{i}.yaml", text))]);
        if (catalog.HasErrors)
        {
            throw new InvalidDataException(string.Join('\n', catalog.Diagnostics));
        }

        var sources = new SteppedSources(intake, TimeProvider.System, config);
        foreach (var source in catalog.Sources)
        {
            sources.Open(source);
        }

        return sources;
    }

    private void Publish(Arrival arrival, TelemetryIntake intake)
    {
        if (!_gateways.TryGetValue(arrival.Gateway, out var gateway))
        {
            gateway = (intake.Open(arrival.Gateway, "mqtt/5.0", null), 0);
        }

        _gateways[arrival.Gateway] = (gateway.Intake, gateway.Messages + 1);
        var message = new InboundMessage { Topic = arrival.Topic, Payload = arrival.Payload, Qos = 1, PacketId = 1, TopicCacheSlot = -1 };
        if (gateway.Intake.Accept(message) is var verdict and not IntakeVerdict.Staged)
        {
            throw new InvalidOperationException($"{plant.Name}: a message was not taken: {verdict}");
        }

        while (gateway.Intake.HasStaged && !gateway.Intake.TryCommit(NobodyWaits.Instance, out _))
        {
            Thread.Yield();
        }
    }

    private void Report(WireMessage frame, SteppedJournal journal, SteppedSources sources)
    {
        if (!_terminals.TryGetValue(frame.Line, out var terminal))
        {
            terminal = (sources.Connect("jt808", "scenario-truck-leaves-corridor"), 0);
        }

        _terminals[frame.Line] = (terminal.Peer, (ushort)(terminal.Serial + 1));
        journal.WaitsForCommit = true;
        var answer = terminal.Peer.Send(TerminalFrames.Of(frame, terminal.Serial));
        journal.WaitsForCommit = false;
        if (answer.Length == 0)
        {
            throw new InvalidOperationException($"{plant.Name}: a position was not taken");
        }
    }

    private EngineOptions Options(string history) => new()
    {
        DataDirectory = directory,
        Journal = new JournalOptions { Directory = Path.Combine(directory, "journal"), Durability = Durability.Os },
        History = new EmbeddedHistoryOptions { Directory = history },
        DeadLetters = new DeadLetterStoreOptions { Directory = directory },
        Shards = new ShardOptions { Count = 2 },
        OnIncident = incident => throw new InvalidOperationException($"{incident.Part}: {incident.Message}"),
    };
}
