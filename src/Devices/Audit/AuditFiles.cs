using System.Globalization;
using System.Text;

namespace Fengsui.Devices.Audit;

/// <summary>Reads the log of a data directory without opening it for writing: also beside the server that writes it.</summary>
public static class AuditFiles
{
    /// <summary>The name of the folder in a data directory.</summary>
    public const string Folder = "audit";

    /// <summary>The hash of a record, empty when there is none of that number. Reads one segment.</summary>
    public static string HashAt(string directory, long sequence)
    {
        if (AuditSegment.List(directory).FindLast(segment => segment.FirstSequence <= sequence) is not { } holder)
        {
            return "";
        }

        var beginning = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence},"));
        using var lines = new AuditLineReader(holder.Path);
        while (lines.TryRead(out var line))
        {
            if (line.StartsWith(beginning) && AuditLine.TrySplit(line, out _, out var hash))
            {
                return hash;
            }
        }

        return "";
    }

    /// <summary>Every record from a number on that can be read, in order; damage is passed over, which is what verifying is for.</summary>
    /// <param name="about">Only those in whose line this text stands; empty is all.</param>
    public static IEnumerable<AuditEntry> Read(string directory, long fromSequence = 1, string about = "")
    {
        var text = Encoding.UTF8.GetBytes(about);
        var segments = AuditSegment.List(directory);
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.FirstSequence <= fromSequence));
        foreach (var segment in segments.Skip(first))
        {
            using var lines = new AuditLineReader(segment.Path);
            while (TryNext(lines, text, out var entry))
            {
                if (entry is not null && entry.Sequence >= fromSequence)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>The newest record of a log; none when there is no log.</summary>
    public static AuditHead Head(string directory)
    {
        foreach (var segment in AuditSegment.List(directory).AsEnumerable().Reverse())
        {
            if (AuditRecovery.Of(segment) is { IntactLength: > 0 } found)
            {
                return found.Head;
            }
        }

        return AuditHead.None;
    }

    /// <summary>False at the end; null for a line that is no record, or about something else.</summary>
    private static bool TryNext(AuditLineReader lines, ReadOnlySpan<byte> about, out AuditEntry? entry)
    {
        entry = null;
        if (!lines.TryRead(out var line))
        {
            return false;
        }

        entry = (about.IsEmpty || line.IndexOf(about) >= 0) && AuditLine.TryParse(line, out var read) ? read with { Line = line.ToArray() } : null;
        return true;
    }
}
