namespace Fengsui.Api.Configuration.Sections;

/// <summary>The actor system: shards, snapshots, and who may appear as a device.</summary>
public sealed class DeviceSection
{
    /// <summary>Threads that own device actors; 0 means one for each core but one, at least one.</summary>
    public int Shards { get; internal set; }

    /// <summary>Bound on known devices: ten times the fleet we measure with.</summary>
    public int MaxDevices { get; internal set; } = 1_000_000;

    /// <summary>How much journal a restart has to replay: a minute of full load replays in seconds.</summary>
    public TimeSpan SnapshotInterval { get; internal set; } = TimeSpan.FromMinutes(1);

    /// <summary>Idle time after which an actor's state moves out of memory to its snapshot.</summary>
    public TimeSpan PassivateAfter { get; internal set; } = TimeSpan.FromHours(1);

    public ProvisioningSection Provisioning { get; } = new();
}
