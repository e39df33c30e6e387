using System.Buffers.Binary;
using System.Globalization;
using Fengsui.Devices.Journal;

namespace Fengsui.Devices.Snapshots;

/// <summary>
/// Snapshot files <c>snapshots/s-{position}.fss</c>: "FSS" and a version byte, u32 CRC-32C of the body, i64 length of
/// the body, body. Written aside, synced, renamed. The two newest are kept; a damaged one costs a longer replay and is
/// renamed <c>.damaged</c>, so that it is not counted as one of the two.
/// </summary>
internal sealed class SnapshotStore(string directory)
{
    private const int HeaderBytes = 16;
    private const int Kept = 2;
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

    /// <summary>Writes a snapshot, durable on return, and removes those no longer kept.</summary>
    /// <returns>The smallest position that a kept snapshot would be replayed from.</returns>
    public long Save(Snapshot snapshot)
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
        return Prune();
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

    private static long PositionOf(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan(2), CultureInfo.InvariantCulture);

    private string[] Files()
    {
        var files = Array.FindAll(
            Directory.GetFiles(directory, "s-*.fss"),
            path => Path.GetFileName(path).Length == NameLength && Path.GetFileNameWithoutExtension(path).AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private bool TryLoad(string path, out Snapshot snapshot)
    {
        snapshot = null!;
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length >= HeaderBytes && bytes.AsSpan(0, HeaderBytes).SequenceEqual(Header(bytes.AsSpan(HeaderBytes))))
            {
                snapshot = Snapshot.Decode(bytes.AsSpan(HeaderBytes));
                return true;
            }

            Damage.Add($"{path}: damaged, or of another version; passed over");
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            Damage.Add($"{path}: {fault.Message}; passed over");
        }

        return false;
    }

    private long Prune()
    {
        var files = Files();
        foreach (var path in files[..Math.Max(0, files.Length - Kept)])
        {
            File.Delete(path);
        }

        return PositionOf(files[Math.Max(0, files.Length - Kept)]);
    }
}
