using Fengsui.Devices.Engine;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>
/// Finds what was known at a place of the journal: from the newest snapshot before it the journal is read again, without
/// writing, up to it.
/// </summary>
/// <param name="Rows">With the names and memories of <paramref name="ReadFrom"/>.</param>
/// <param name="ReadFrom">Where to begin to read; at or before the place.</param>
/// <param name="Doubt">What could not be had as it should; empty when all is well.</param>
internal sealed record FollowStart(AppliedRows Rows, long ReadFrom, string Doubt)
{
    /// <exception cref="InvalidDataException">No snapshot tells what the ids in the journal stand for.</exception>
    public static FollowStart Find(DeviceEngine engine, long place) =>
        Find(engine.Options.SnapshotDirectory, engine.JournalLog.FirstPosition, new AppliedRows(engine.Options.Shards.Actors.RecentRows), place);

    /// <param name="first">Where the journal begins.</param>
    /// <param name="rows">Of which nothing has been read.</param>
    /// <inheritdoc cref="Find(DeviceEngine, long)"/>
    public static FollowStart Find(string snapshotDirectory, long first, AppliedRows rows, long place)
    {
        var places = SnapshotStore.List(snapshotDirectory);
        foreach (var snapshot in places.Reverse().Where(snapshot => snapshot.Position <= place && snapshot.Position >= first))
        {
            if (SnapshotStore.TryRead(snapshot.Path, out var read, out _))
            {
                rows.Restore(read);
                return new FollowStart(rows, read.Position, "");
            }
        }

        if (first == 0)
        {
            return new FollowStart(rows, 0, "");
        }

        // Too late is better than not at all: names do not change, and what was sent twice is written twice to the same place.
        foreach (var snapshot in places.Where(snapshot => snapshot.Position > place))
        {
            if (SnapshotStore.TryRead(snapshot.Path, out var read, out _))
            {
                rows.Declare(read);
                return new FollowStart(rows, Math.Max(place, first), $"no snapshot before position {place}: until the next one, readings that gateways repeated may be written again");
            }
        }

        throw new InvalidDataException($"the journal begins at position {first}, and no snapshot tells which devices and metrics there were at {place}");
    }

    /// <summary>
    /// Where the journal can be followed from with everything known that was before, at or after <paramref name="place"/>: the
    /// first snapshot's position. The place itself when there is no such snapshot.
    /// </summary>
    public static long FirstKnownFrom(DeviceEngine engine, long place)
    {
        foreach (var snapshot in SnapshotStore.List(engine.Options.SnapshotDirectory).Where(snapshot => snapshot.Position >= place))
        {
            if (SnapshotStore.TryRead(snapshot.Path, out _, out _))
            {
                return snapshot.Position;
            }
        }

        return place;
    }

    /// <summary>The smallest position that <see cref="Find(DeviceEngine, long)"/> would need for this place.</summary>
    public static long NeededFor(DeviceEngine engine, long place)
    {
        var needed = 0L;
        foreach (var snapshot in SnapshotStore.List(engine.Options.SnapshotDirectory))
        {
            needed = snapshot.Position <= place ? snapshot.Position : needed;
        }

        return needed;
    }
}
