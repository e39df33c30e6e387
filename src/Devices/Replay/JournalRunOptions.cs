using Fengsui.Devices.Records;

namespace Fengsui.Devices.Replay;

/// <summary>Which part of a journal to run again, and under which rules.</summary>
internal sealed record JournalRunOptions
{
    /// <summary>The data directory of a server, running or not.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Rules in place of the journal's own; null runs under those that were in force at each place.</summary>
    public RuleSetRecord? Rules { get; init; }

    /// <summary>Begins at the newest snapshot that is no later than this, ms since 1970 UTC; without one, as far back as it can.</summary>
    public long StartMs { get; init; } = long.MinValue;

    /// <summary>Ends with the block in which the journal's time passes this.</summary>
    public long EndMs { get; init; } = long.MaxValue;

    /// <summary>Threads that run actors. 2: with the one that reads, what two cores can do.</summary>
    public int Shards { get; init; } = 2;

    /// <summary>Told now and then how many bytes of the journal were read, and how many there are from where the run begins.</summary>
    public Action<long, long>? Progress { get; init; }

    public string JournalDirectory => Path.Combine(DataDirectory, "journal");

    public string SnapshotDirectory => Path.Combine(DataDirectory, "snapshots");
}
