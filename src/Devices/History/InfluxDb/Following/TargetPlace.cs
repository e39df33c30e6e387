using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fengsui.Devices.History.InfluxDb.Following;

/// <summary>Where a target stands, as it is on disk.</summary>
/// <param name="Journal">Id of the journal that the position is of.</param>
/// <param name="Position">Everything up to it is written.</param>
/// <param name="FromMs">Readings received before it are not wanted; null without such a bound.</param>
/// <param name="LostBytes">Journal that was gone or damaged before it was written.</param>
internal sealed record TargetPlace(string Journal, long Position, long? FromMs, long LostBytes)
{
    public const string FileName = "position.json";

    [JsonIgnore]
    public static int FormatVersion => 1;

    public int Version { get; init; } = FormatVersion;

    /// <summary>Steps in the alert log up to which all are written.</summary>
    public long Alerts { get; init; }

    /// <summary>What is to be written from the embedded history before the journal is followed; null when nothing is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BackfillPlace? Backfill { get; init; }

    /// <summary>Position where the target began: what stands before it was never meant for it. Null when an earlier version of the program began it.</summary>
    public long? Began { get; init; }

    public static string IdOf(ulong journal) => journal.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Null when there is none. A damaged one is renamed and told: the target then begins anew, which writes again and loses nothing.</summary>
    public static TargetPlace? Load(string directory, Action<string> told)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        if (Read(directory) is { } place)
        {
            return place;
        }

        File.Move(path, path + ".damaged", overwrite: true);
        told($"{path} cannot be read; it was renamed, and the target begins anew");
        return null;
    }

    /// <summary>As <see cref="Load"/>, but changes nothing: null also when it is damaged.</summary>
    public static TargetPlace? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize<TargetPlace>(File.ReadAllText(Path.Combine(directory, FileName))) is { Position: >= 0, Version: 1, Journal: not null } place ? place : null;
        }
        catch (Exception none) when (none is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Written aside, synced, renamed: durable on return.</summary>
    public void Save(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var aside = path + ".tmp";
        using (var file = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(this), 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(aside, path, overwrite: true);
        if (OperatingSystem.IsLinux())
        {
            Devices.Journal.NativeFile.SyncFolder(directory);
        }
    }
}
