using System.Buffers.Binary;
using System.Globalization;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Snapshots;

/// <summary>
/// Snapshot files <c>snapshots/s-{position}.fss</c>: "FSS" and a version byte, u32 CRC-32C of the body, i64 length of
/// the body, body. Written aside, synced, renamed. <see cref="SnapshotRetention"/> says which are kept; a damaged one costs a
/// longer replay and is renamed <c>.damaged</c>, so that it is not counted among them.
/// </summary>
internal sealed class SnapshotStore(string directory)
{
    private const int HeaderBytes = 16;
    private const int NameLength = 26;

    /// <summary>What was found damaged or unreadable, for the log.</summary>
    public List<string> Damage { get; } = [];

    /// <summary>The newest snapshot that is whole and has nothing said against it, or null.</summary>
    /// <param name="objection">Why a snapshot must not be used; null when it may.</param>
    /// <param name="mustHave">True when the journal does not reach back to its beginning: then the oldest whole one is better than none.</param>
    public Snapshot? LoadNewest(Func<Snapshot, string?>? objection = null, bool mustHave = false)
    {
        Snapshot? oldest = null;
        Directory.CreateDirectory(directory);
        foreach (var unfinished in Directory.GetFiles(directory, "*.tmp"))
        {
            File.Delete(unfinished);
        }

        foreach (var path in Files().Reverse())
        {
            if (!TryLoad(path, out var snapshot))
            {
                File.Move(path, path + ".damaged", overwrite: true);
                continue;
            }

            if (objection?.Invoke(snapshot) is not { } why)
            {
                return snapshot;
            }

            Damage.Add($"{path}: passed over for a longer replay: {why}");
            oldest = snapshot;
        }

        return mustHave ? oldest : null;
    }

    /// <summary>Position and journal time of every snapshot of this version, oldest first. Reads beside a running server.</summary>
    public static IReadOnlyList<SnapshotPlace> List(string directory)
    {
        var places = new List<SnapshotPlace>();
        foreach (var path in Directory.Exists(directory) ? Files(directory) : [])
        {
            if (PlaceOf(path) is { } place)
            {
                places.Add(place);
            }
        }

        return places;
    }

    /// <summary>Reads a snapshot and changes nothing; false with a sentence when it cannot be used.</summary>
    public static bool TryRead(string path, out Snapshot snapshot, out string damage)
    {
        snapshot = null!;
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length >= HeaderBytes && bytes.AsSpan(0, HeaderBytes).SequenceEqual(Header(bytes.AsSpan(HeaderBytes))))
            {
                snapshot = Snapshot.Decode(bytes.AsSpan(HeaderBytes));
                damage = "";
                return true;
            }

            damage = $"{path}: damaged, or of another version; passed over";
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            damage = $"{path}: {fault.Message}; passed over";
        }

        return false;
    }

    /// <summary>Writes a snapshot, durable on return, and removes those no longer kept.</summary>
    /// <param name="segments">Where the journal's segments begin, oldest first; without them only what a restart needs is kept.</param>
    /// <returns>The smallest position that a restart would replay from.</returns>
    public long Save(Snapshot snapshot, IReadOnlyList<long>? segments = null)
    {
        var body = snapshot.Encode();
        var path = Path.Combine(directory, $"s-{snapshot.Position.ToString("D20", CultureInfo.InvariantCulture)}.fss");
        var aside = path + ".tmp";
        using (var file = File.OpenHandle(aside, FileMode.Create, FileAccess.Write))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            RandomAccess.Write(file, Header(body), 0);
            RandomAccess.Write(file, body, HeaderBytes);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(aside, path, overwrite: true);
        SyncDirectory();
        return Prune(segments ?? []);
    }

    /// <summary>The name must be durable before older snapshots, and the journal they need, may go.</summary>
    private void SyncDirectory()
    {
        if (OperatingSystem.IsLinux())
        {
            NativeFile.SyncFolder(directory);
        }
    }

    private static byte[] Header(ReadOnlySpan<byte> body)
    {
        var header = new byte[HeaderBytes];
        "FSS"u8.CopyTo(header);
        header[3] = Snapshot.FormatVersion;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), Crc32C.Of(body));
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), body.Length);
        return header;
    }

    /// <summary>Null when it is of another version, or the server has just let go of it.</summary>
    private static SnapshotPlace? PlaceOf(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[HeaderBytes + Snapshot.StartBytes];
            return RandomAccess.Read(file, start, 0) == start.Length && start[3] == Snapshot.FormatVersion
                ? new SnapshotPlace(PositionOf(path), Snapshot.ClockOf(start[HeaderBytes..]), path)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static long PositionOf(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan(2), CultureInfo.InvariantCulture);

    private string[] Files() => Files(directory);

    private static string[] Files(string directory)
    {
        var files = Array.FindAll(
            Directory.GetFiles(directory, "s-*.fss"),
            path => Path.GetFileName(path).Length == NameLength && Path.GetFileNameWithoutExtension(path).AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private bool TryLoad(string path, out Snapshot snapshot)
    {
        if (TryRead(path, out snapshot, out var damage))
        {
            return true;
        }

        Damage.Add(damage);
        return false;
    }

    private long Prune(IReadOnlyList<long> segments)
    {
        var files = Files();
        var found = Array.ConvertAll(files, path => (PositionOf(path), new FileInfo(path).Length));
        foreach (var surplus in SnapshotRetention.Surplus(found, segments))
        {
            File.Delete(files[surplus]);
        }

        return PositionOf(files[Math.Max(0, files.Length - SnapshotRetention.Newest)]);
    }
}
