using Fengsui.Devices.Journal;
using Fengsui.Devices.Snapshots;

namespace Fengsui.Devices.Replay;

/// <summary>Finds where a run of the journal begins: at a snapshot, or at the journal's own beginning.</summary>
internal static class ReplayStart
{
    /// <summary>The newest snapshot that is early enough and that the journal still follows; null at the journal's beginning.</summary>
    /// <param name="noted">Told of snapshots that cannot be read.</param>
    /// <exception cref="InvalidDataException">The journal has lost its beginning, and no snapshot tells what was known then.</exception>
    public static Snapshot? Find(JournalRunOptions options, Action<string> noted)
    {
        var first = JournalReader.FirstPosition(new FileJournalStorage(options.JournalDirectory));
        var usable = SnapshotStore.List(options.SnapshotDirectory).Where(place => place.Position >= first).ToList();
        var wanted = usable.Where(place => place.ClockMs <= options.StartMs).Reverse();

        // Too late is better than not at all: without the beginning nobody knows what the ids in the journal stand for.
        foreach (var place in first == 0 ? wanted : wanted.Concat(usable.Where(place => place.ClockMs > options.StartMs)))
        {
            if (SnapshotStore.TryRead(place.Path, out var snapshot, out var damage))
            {
                return snapshot;
            }

            noted(damage);
        }

        return first == 0
            ? null
            : throw new InvalidDataException(
                $"{options.JournalDirectory}: the beginning of the journal is no longer there, and no snapshot in {options.SnapshotDirectory} tells which devices and metrics there were");
    }
}
