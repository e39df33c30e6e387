using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>
/// What is left of segments that retention has dropped: the entries of alerts that are not over. <c>kept.jsonl</c> has lines like those of the log, each behind
/// its number there and a tab, in a chain of their own.
/// </summary>
internal static class KeptEntries
{
    public const string FileName = "kept.jsonl";

    private const int WriteBytes = 1 << 20;

    /// <summary>In the order of their numbers, as far as the chain holds; none without a file.</summary>
    public static IEnumerable<(long Number, AlertEntry Entry)> Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            yield break;
        }

        using var lines = new Audit.AuditLineReader(path);
        var chain = new byte[AlertLogEntry.ChainBytes];
        while (TryRead(lines, chain, out var number, out var entry))
        {
            yield return (number, entry);
        }
    }

    /// <summary>Replaces the file, so that a crash leaves the old one or the new one; durable on return.</summary>
    public static void Write(string directory, IEnumerable<(long Number, AlertEntry Entry)> entries)
    {
        var path = Path.Combine(directory, FileName);
        var aside = path + ".next";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            var lines = new ArrayBufferWriter<byte>();
            var chain = new byte[AlertLogEntry.ChainBytes];
            foreach (var (number, entry) in entries)
            {
                var digits = lines.GetSpan(24);
                number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
                digits[length] = (byte)'\t';
                lines.Advance(length + 1);
                AlertLogEntry.Append(lines, entry, chain, hasMore: false);
                if (lines.WrittenCount >= WriteBytes)
                {
                    file.Write(lines.WrittenSpan);
                    lines.ResetWrittenCount();
                }
            }

            file.Write(lines.WrittenSpan);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        AlertSegment.SyncFolder(directory);
    }

    private static bool TryRead(Audit.AuditLineReader lines, byte[] chain, out long number, out AlertEntry entry)
    {
        (number, entry) = (0, null!);
        if (!lines.TryRead(out var line) || line.IndexOf((byte)'\t') is not (> 0 and var tab)
            || !long.TryParse(line[..tab], NumberStyles.None, CultureInfo.InvariantCulture, out number)
            || !AlertLogEntry.TryVerify(line[(tab + 1)..], chain, out var json, out _))
        {
            return false;
        }

        try
        {
            entry = AlertJson.Read(json);
            return true;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
