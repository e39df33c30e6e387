using Fengsui.Devices.Actors;
using Fengsui.Devices.History.InfluxDb.Following;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Tracing;

/// <summary>The folders of a data directory, for reading only.</summary>
internal sealed class TraceFolders(string data)
{
    /// <summary>As the server's actors remember; not an option of the configuration.</summary>
    public static int RecentRows { get; } = new ActorOptions().RecentRows;

    public FileJournalStorage Storage { get; } = new(Path.Combine(data, "journal"));

    public string History => Path.Combine(data, "history");

    public string Alerts => Path.Combine(data, "alerts");

    public string Rules => Path.Combine(data, "rules");

    public string InfluxDb => Path.Combine(data, "influxdb");

    /// <summary>Where to begin to read, in order to know everything at a place.</summary>
    /// <exception cref="InvalidDataException">The journal's beginning is gone, and no snapshot tells the names.</exception>
    public FollowStart FollowFrom(long place, AppliedRows rows) =>
        FollowStart.Find(Path.Combine(data, "snapshots"), JournalReader.FirstPosition(Storage), rows, place);
}
