using System.Globalization;
using System.Text.Json;
using Fengsui.Devices.Records;

namespace Fengsui.Devices.RuleSets;

/// <summary>
/// The accepted rule sets as files <c>rules/000001.json</c>, newest <see cref="MaxVersions"/> and <see cref="MaxBytes"/>: a
/// projection of the journal, which forgets its beginning. The one in force is always kept. Safe from any thread.
/// </summary>
public sealed class VersionStore(string directory)
{
    /// <summary>Bound on the versions kept: years of daily changes.</summary>
    public const int MaxVersions = 1_000;

    /// <summary>Bound on their bytes together.</summary>
    public const long MaxBytes = 256L << 20;

    private readonly Lock _lock = new();

    /// <summary>Numbers of the versions kept, oldest first.</summary>
    public IReadOnlyList<int> Numbers() => [.. Files().Select(file => file.Version)];

    /// <summary>Null when there is no such version, or its file is damaged.</summary>
    public RuleSetRecord? Find(int version)
    {
        var path = PathOf(version);
        try
        {
            return File.Exists(path) ? VersionJson.Read(File.ReadAllBytes(path)) : null;
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>All that are kept and readable, oldest first.</summary>
    public IEnumerable<RuleSetRecord> All() => Numbers().Select(Find).OfType<RuleSetRecord>();

    /// <summary>Keeps a version. Given again by a replay it is the same.</summary>
    /// <exception cref="IOException">The environment failed; the journal still holds the version.</exception>
    public void Save(RuleSetRecord record)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(directory);
            var path = PathOf(record.Version);
            var aside = path + ".tmp";
            File.WriteAllBytes(aside, VersionJson.ToBytes(record));
            File.Move(aside, path, overwrite: true);
            Prune();
        }
    }

    private string PathOf(int version) => Path.Combine(directory, version.ToString("D6", CultureInfo.InvariantCulture) + ".json");

    private List<(int Version, FileInfo Info)> Files()
    {
        var files = new List<(int Version, FileInfo Info)>();
        if (Directory.Exists(directory))
        {
            foreach (var info in new DirectoryInfo(directory).EnumerateFiles("*.json"))
            {
                if (int.TryParse(Path.GetFileNameWithoutExtension(info.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                {
                    files.Add((version, info));
                }
            }
        }

        files.Sort((a, b) => a.Version.CompareTo(b.Version));
        return files;
    }

    private void Prune()
    {
        var files = Files();
        var bytes = files.Sum(file => file.Info.Length);
        for (var i = 0; i < files.Count - 1 && (files.Count - i > MaxVersions || bytes > MaxBytes); i++)
        {
            bytes -= files[i].Info.Length;
            files[i].Info.Delete();
        }
    }
}
