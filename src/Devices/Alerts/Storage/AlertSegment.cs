using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts.Storage;

/// <summary>
/// A file of the alert log. The first is <c>alerts.jsonl</c>; each later one adds the number of its first entry and the digest that stands before it
/// (<c>alerts.jsonl.000000095001-9f86…</c>), so names sort as entries do, the files one after the other are the log, and the oldest can go without the rest losing its proof.
/// </summary>
/// <param name="first">Number of its first entry.</param>
/// <param name="chainBefore">The chain value that its first line continues.</param>
internal sealed class AlertSegment(string path, long first, byte[] chainBefore)
{
    private readonly Lock _lock = new();
    private AlertLogIndex? _index;
    private long _length;

    public string Path { get; } = path;

    public long First { get; } = first;

    public byte[] ChainBefore { get; } = chainBefore;

    /// <summary>Bytes of whole lines that are durable. Any thread.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    public static AlertSegment Of(string directory, long first, ReadOnlySpan<byte> chainBefore)
    {
        var suffix = first == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $".{first:D12}-{Convert.ToHexStringLower(chainBefore)}");
        return new AlertSegment(System.IO.Path.Combine(directory, AlertLog.FileName + suffix), first, chainBefore.ToArray());
    }

    /// <summary>In order; files of other names are passed over.</summary>
    public static List<AlertSegment> List(string directory)
    {
        var found = new List<AlertSegment>();
        foreach (var path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, AlertLog.FileName + "*") : [])
        {
            if (TryParse(path, out var segment))
            {
                found.Add(segment);
            }
        }

        found.Sort((a, b) => a.First.CompareTo(b.First));
        return found;
    }

    /// <summary>Names in a folder are durable on return: what was created or renamed is found again after a power cut.</summary>
    /// <exception cref="IOException">The environment failed.</exception>
    public static void SyncFolder(string directory)
    {
        if (OperatingSystem.IsLinux())
        {
            Journal.NativeFile.SyncFolder(directory);
        }
    }

    /// <exception cref="FileNotFoundException">Retention has removed it.</exception>
    public SafeFileHandle OpenToRead() => File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>What the writer, or a load, knows of where entries begin.</summary>
    public void Enter(long number, long offset)
    {
        lock (_lock)
        {
            (_index ??= new AlertLogIndex()).Add(number - First + 1, offset);
        }
    }

    /// <summary>The nearest known beginning at or before a number. A segment that was not read at the start is looked through once for its line feeds.</summary>
    public (long Number, long Offset) Before(long number, SafeFileHandle file)
    {
        lock (_lock)
        {
            if (_index is null && Length == 0)
            {
                // It has just begun: what the writer is about to enter must find no beginning that a reader has entered.
                return (First, 0);
            }

            _index ??= AlertLogIndex.Of(file, Length);
            var (relative, offset) = _index.Before(number - First + 1);
            return (relative + First - 1, offset);
        }
    }

    private static bool TryParse(string path, out AlertSegment segment)
    {
        segment = null!;
        var suffix = System.IO.Path.GetFileName(path.AsSpan())[AlertLog.FileName.Length..];
        if (suffix.Length == 0)
        {
            segment = new AlertSegment(path, 1, new byte[AlertLogEntry.ChainBytes]);
            return true;
        }

        if (suffix.Length != 14 + (2 * AlertLogEntry.ChainBytes) || suffix[0] != '.' || suffix[13] != '-'
            || !long.TryParse(suffix[1..13], NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first < 2)
        {
            return false;
        }

        var chain = new byte[AlertLogEntry.ChainBytes];
        if (Convert.FromHexString(suffix[14..], chain, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        segment = new AlertSegment(path, first, chain);
        return true;
    }
}
