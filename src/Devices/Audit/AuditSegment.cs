using System.Globalization;

namespace Fengsui.Devices.Audit;

/// <summary>A file of the log; its name is the sequence number of its first record in 20 digits, so names sort as records do.</summary>
internal sealed record AuditSegment(string Path, long FirstSequence)
{
    public const string Extension = ".jsonl";

    public static string PathOf(string directory, long firstSequence) =>
        System.IO.Path.Combine(directory, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>In order; none when there is no such folder.</summary>
    public static List<AuditSegment> List(string directory)
    {
        var segments = new List<AuditSegment>();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*" + Extension) : [])
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(path);
            if (name.Length == 20 && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            {
                segments.Add(new AuditSegment(path, first));
            }
        }

        segments.Sort((a, b) => a.FirstSequence.CompareTo(b.FirstSequence));
        return segments;
    }
}
