using Fengsui.Api.Configuration;
using Fengsui.Devices.Actors;
using Fengsui.Devices.Alerts;
using Fengsui.Devices.Alerts.Storage;
using Fengsui.Devices.Audit;
using Fengsui.Devices.DeadLetters;
using Fengsui.Devices.Engine;
using Fengsui.Devices.History.Embedded;
using Fengsui.Devices.Journal;
using Fengsui.Devices.Registry;
using Fengsui.Devices.Shards;
using Fengsui.Ingest.Admission;
using Fengsui.Ingest.Decoding;

namespace Fengsui.Api.DataPath;

/// <summary>From the host's options to those of the engine and the intake.</summary>
internal static class EngineSetup
{
    public static EngineOptions Engine(FengsuiOptions options, string data, Action<EngineIncident> onIncident) => new()
    {
        DataDirectory = data,
        Journal = new JournalOptions
        {
            Directory = Path.Combine(data, "journal"),
            SegmentSizeBytes = options.Journal.SegmentBytes,
            CommitInterval = options.Journal.CommitInterval,
            Durability = options.Journal.Durability == Configuration.Sections.Durability.Fsync ? Durability.Fsync : Durability.Os,
            RetainBytes = options.Journal.RetainBytes,
            RetainAge = options.Journal.RetainAge,
        },
        History = new EmbeddedHistoryOptions
        {
            Directory = Path.Combine(data, "history"),
            RawRetention = options.History.RetainAge,
            Tiers = Tiers(options.History),
            MaxBytes = options.History.RetainBytes,
            OnIncident = incident => onIncident(new EngineIncident("history", incident.ToString())),
        },
        DeadLetters = new DeadLetterStoreOptions
        {
            Directory = data,
            MaxCount = options.DeadLetters.MaxCount,
            MaxBytes = options.DeadLetters.MaxBytes,
            OnIncident = incident => onIncident(new EngineIncident("dead-letters", incident)),
        },
        Registry = new RegistryOptions
        {
            MaxDevices = options.Devices.MaxDevices,
            MaxMetrics = options.Ingest.MaxMetrics,
        },
        Shards = new ShardOptions
        {
            Count = options.Devices.Shards,
            Actors = new ActorOptions { PassivateAfter = options.Devices.PassivateAfter },
        },
        AlertBook = new AlertBookOptions { MaxResolved = options.Alerts.MaxResolved },
        AlertLog = new AlertLogOptions { SegmentBytes = options.Alerts.SegmentBytes, RetainBytes = options.Alerts.RetainBytes, RetainAge = options.Alerts.RetainAge },
        SnapshotInterval = options.Devices.SnapshotInterval,
        HasCanary = options.Canary.Enabled,
        OnIncident = onIncident,
    };

    public static AuditOptions Audit(EngineOptions engine) => new()
    {
        Directory = Path.Combine(engine.DataDirectory, AuditFiles.Folder),
        Fsync = engine.Journal.Durability == Durability.Fsync,
    };

    private static HistoryTierOptions[] Tiers(Configuration.Sections.HistorySection history) =>
    [
        .. HistoryTierOptions.Defaults
            .Zip([history.Retain1s, history.Retain1Min], (tier, age) => tier with { Retention = age })
            .Where(tier => tier.Retention > TimeSpan.Zero),
    ];

    public static IntakeOptions Intake(FengsuiOptions options) => new()
    {
        Decoding = new DecodingOptions
        {
            MaxPast = options.Ingest.MaxPast,
            MaxFuture = options.Ingest.MaxFuture,
            MaxDepth = options.Ingest.MaxDepth,
        },
        Provisioning = new ProvisioningOptions { Rules = Provisioning(options) },
    };

    /// <summary>Deny wins over allow; what no pattern allows is refused.</summary>
    private static ProvisioningRule[] Provisioning(FengsuiOptions options)
    {
        var section = options.Devices.Provisioning;
        var facts = new DeviceFacts(section.DefaultType, section.DefaultZone, []);
        return
        [
            .. section.Deny.Select(pattern => new ProvisioningRule(pattern, false, facts)),
            .. section.Allow.Select(pattern => new ProvisioningRule(pattern, true, facts)),
        ];
    }
}
