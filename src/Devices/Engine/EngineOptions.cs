using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;

namespace Fengsui.Devices.Engine;

/// <summary>Everything the device engine is opened with; each part states its own defaults and why.</summary>
public sealed record EngineOptions
{
    /// <summary>The data directory; journal, snapshots, alerts, history and dead letters live in folders of it.</summary>
    public required string DataDirectory { get; init; }

    public required JournalOptions Journal { get; init; }

    public required EmbeddedHistoryOptions History { get; init; }

    public required DeadLetterStoreOptions DeadLetters { get; init; }

    public RegistryOptions Registry { get; init; } = new();

    public ShardOptions Shards { get; init; } = new();

    public AlertBookOptions AlertBook { get; init; } = new();

    public AlertLogOptions AlertLog { get; init; } = new();

    /// <summary>Journal time between ticks: how fine everything timed can be. 1 s.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between snapshots: a restart replays at most about this much. 1 minute.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Journal bytes after which a snapshot is taken early. 512 MiB: some five seconds of replay.</summary>
    public long SnapshotBytes { get; init; } = 512L << 20;

    /// <summary>Whether the canary's rule is part of every rule set that is accepted, see <see cref="Canary.CanaryRule"/>. Off: who opens an engine without a canary wants no rule but their own.</summary>
    public bool HasCanary { get; init; }

    /// <summary>Told of what the engine survived but a person should know: damage found, a shard's fault.</summary>
    public Action<EngineIncident>? OnIncident { get; init; }

    public string SnapshotDirectory => Path.Combine(DataDirectory, "snapshots");

    /// <summary>Where the accepted rule sets are kept as files.</summary>
    public string RuleSetDirectory => Path.Combine(DataDirectory, "rules");

    public string AlertDirectory => Path.Combine(DataDirectory, "alerts");
}
