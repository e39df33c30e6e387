namespace Fengsui.Devices.Alerts.Storage;

/// <summary>What the alert log has told up to the beginning of a segment: with it a start need not read what comes before.</summary>
internal sealed record AlertMemory(AlertLogResume Place, DeskImage Desk, IReadOnlyList<AlertImage> Alerts, IReadOnlyList<AlertImage> Shadow)
{
    /// <summary>The newest in a folder that is whole, that a segment continues, and that reaches no further than a journal position; null when there is none.</summary>
    public static AlertMemory? Find(string directory, long position = long.MaxValue)
    {
        var segments = AlertSegment.List(directory);
        foreach (var file in AlertMemoryFile.List(directory))
        {
            if (AlertMemoryFile.TryRead(file.Path) is { } memory && memory.Place.LastPosition <= position && AlertLogLoad.Continues(segments, memory.Place))
            {
                return memory;
            }
        }

        return null;
    }

    /// <summary>Shows a desk what a log has told up to a journal position.</summary>
    public static void ShowUpTo(string directory, long position, AlertDeskCore desk)
    {
        var known = Find(directory, position);
        if (known is not null)
        {
            desk.Restore(known.Desk);
        }

        foreach (var (_, entry) in AlertHistory.ReadAfter(directory, known?.Place.Count ?? 0).TakeWhile(one => one.Entry.JournalPosition <= position))
        {
            desk.Fold(entry);
        }
    }
}
