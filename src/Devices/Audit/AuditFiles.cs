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
    public static IEnumerable<AuditEntry> Read(string directory, long fromSequence = 1)
    {
        var segments = AuditSegment.List(directory);
        var first = Math.Max(0, segments.FindLastIndex(segment => segment.FirstSequence <= fromSequence));
        foreach (var segment in segments.Skip(first))
        {
            using var lines = new AuditLineReader(segment.Path);
            while (TryNext(lines, out var entry))
            {
                if (entry is not null && entry.Sequence >= fromSequence)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>False at the end; null for a line that is no record.</summary>
    private static bool TryNext(AuditLineReader lines, out AuditEntry? entry)
    {
        entry = null;
        if (!lines.TryRead(out var line))
        {
            return false;
        }

        entry = AuditLine.TryParse(line, out var read) ? read : null;
        return true;
    }
}
