using System.Globalization;
using System.Text.Json;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>
/// An <see cref="AlertMemory"/> as a file <c>memory-NUMBER.jsonl</c>: an object with one property a line, in a chain as that of the log, and a last line <c>{"end":…}</c>
/// without which it does not count. A projection: when none can be read, the log itself is.
/// </summary>
internal static class AlertMemoryFile
{
    /// <summary>Another form has another number, and is not read.</summary>
    private const int Version = 1;

    private const string Prefix = "memory-";
    private const string Extension = ".jsonl";
    private const string Unfinished = ".next";

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<(long Count, string Path)> List(string directory)
    {
        var found = new List<(long Count, string Path)>();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, Prefix + "*" + Extension) : [])
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan())[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                found.Add((count, path));
            }
        }

        return [.. found.OrderByDescending(file => file.Count)];
    }

    /// <summary>Durable on return; the others are deleted.</summary>
    /// <param name="previous">One that stays beside it, by its number, since that is known to be whole; 0 when none is.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string directory, AlertMemory memory, long previous = 0)
    {
        var path = Path.Combine(directory, Prefix + memory.Place.Count.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        var aside = path + Unfinished;
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            new AlertMemoryWriter(file).Write(memory, Version);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        AlertSegment.SyncFolder(directory);
        Tidy(directory, memory.Place.Count, previous);
    }

    /// <summary>Of the others some are old, some were found damaged, some are of a log that was set aside; what was not finished is of a crash.</summary>
    private static void Tidy(string directory, long newest, long previous)
    {
        foreach (var (_, old) in List(directory).Where(file => file.Count != newest && file.Count != previous))
        {
            File.Delete(old);
        }

        foreach (var unfinished in Directory.EnumerateFiles(directory, Prefix + "*" + Extension + Unfinished))
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Null when it is not whole, or of another version.</summary>
    public static AlertMemory? TryRead(string path)
    {
        try
        {
            using var lines = new Audit.AuditLineReader(path);
            return new AlertMemoryReader().Read(lines, Version);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException or IOException)
        {
            return null;
        }
    }
}
