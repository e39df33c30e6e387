namespace Fengsui.Devices.Alerts.Storage;

/// <summary>Reads what is left of an alert log, without opening it for writing: also beside the server that writes it.</summary>
internal static class AlertHistory
{
    /// <summary>Every entry that is left, with its number, in order, as far as the chain holds: what was kept of dropped segments, then the segments.</summary>
    /// <exception cref="IOException">Retention was faster than the reader: it must begin again.</exception>
    public static IEnumerable<(long Number, AlertEntry Entry)> Read(string directory)
    {
        var segments = AlertSegment.List(directory);
        if (segments.Count == 0)
        {
            yield break;
        }

        foreach (var kept in KeptEntries.Read(directory).TakeWhile(kept => kept.Number < segments[0].First))
        {
            yield return kept;
        }

        foreach (var entry in Read(segments))
        {
            yield return entry;
        }
    }

    /// <summary>Those behind a number; segments that end before it are not read.</summary>
    public static IEnumerable<(long Number, AlertEntry Entry)> ReadAfter(string directory, long after)
    {
        var segments = AlertSegment.List(directory);
        return segments.FindLastIndex(segment => segment.First <= after + 1) is >= 0 and var at && after > 0
            ? Read(segments[at..]).SkipWhile(one => one.Number <= after)
            : Read(directory);
    }

    /// <summary>Every entry of segments that follow each other.</summary>
    public static IEnumerable<(long Number, AlertEntry Entry)> Read(IReadOnlyList<AlertSegment> segments)
    {
        var (number, chain) = (segments[0].First, (byte[])segments[0].ChainBefore.Clone());
        foreach (var segment in segments)
        {
            if (segment.First != number || !segment.ChainBefore.AsSpan().SequenceEqual(chain))
            {
                yield break;
            }

            using var file = segment.OpenToRead();
            var reader = new AlertLogReader(file, RandomAccess.GetLength(file), 0);
            while (reader.TryRead(chain, out var entry, out _))
            {
                yield return (number++, entry);
            }
        }
    }
}
