using System.Buffers;
using Fengsui.Devices.Alerts.Storage;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The durable record of every transition and event, in journal order, in segments that begin with <c>alerts/alerts.jsonl</c>. A projection: what a replay
/// gives again is recognised by its position in the journal and not written twice. All that one position causes is in the log or nothing of it, since
/// what people and time do is decided by what the log holds. One thread appends.
/// </summary>
public sealed class AlertLog : IDisposable
{
    public const string FileName = "alerts.jsonl";

    private readonly string _directory;
    private readonly bool _fsync;
    private readonly long _segmentBytes;
    private readonly byte[] _chain = new byte[AlertLogEntry.ChainBytes];
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Lock _gate = new();
    private SafeFileHandle _file = null!;
    private volatile AlertSegment[] _segments = [];
    private AlertEntry? _staged;
    private long _newestPosition = -1;
    private long _durableCount;

    private AlertLog(string directory, bool fsync, long segmentBytes)
    {
        _directory = directory;
        _fsync = fsync;
        _segmentBytes = segmentBytes;
    }

    /// <summary>Everything that the journal causes up to here is in the log; −1 when it is empty.</summary>
    public long LastPosition { get; private set; } = -1;

    /// <summary>What was wrong with the files at open; null when nothing was.</summary>
    public string? Damage { get; private set; }

    /// <summary>The number of the newest entry, staged ones among them; those that retention has dropped count.</summary>
    public long Count { get; private set; }

    /// <summary>The number of the newest entry that is on the disk. Any thread.</summary>
    public long DurableCount => Volatile.Read(ref _durableCount);

    /// <summary>The number of the oldest entry that retention has left. Any thread.</summary>
    public long FirstNumber => _segments[0].First;

    /// <summary>In order. Any thread.</summary>
    internal IReadOnlyList<AlertSegment> Segments => _segments;

    /// <summary>The segment that is written; a new one has just begun when it is empty.</summary>
    internal AlertSegment Current => _segments[^1];

    /// <summary>Where the log stands: what is known at a segment's beginning.</summary>
    internal AlertLogResume Place => new(Count, LastPosition, [.. _chain]);

    /// <summary>Lets a test fill the disk. Null in the product.</summary>
    internal Action? BeforeWrite { get; set; }

    /// <summary>Lets a test fail the beginning of a segment. Null in the product.</summary>
    internal Action? BeforeSyncFolder { get; set; }

    /// <summary>Opens the log and gives every entry in it to <paramref name="visit"/>, in order.</summary>
    /// <remarks>A line cut short by a crash is removed, and with it the other lines of its position. A file damaged elsewhere is set aside, whole, and a new log
    /// begins with the lines that were intact; nothing is dropped without <see cref="Damage"/> saying so.</remarks>
    public static AlertLog Open(string directory, bool fsync, Action<AlertEntry> visit) => Open(directory, fsync, new AlertLogOptions().SegmentBytes, null, visit);

    /// <param name="resume">Only what follows it is read; null, or one that no segment continues: everything.</param>
    internal static AlertLog Open(string directory, bool fsync, long segmentBytes, AlertLogResume? resume, Action<AlertEntry> visit)
    {
        Directory.CreateDirectory(directory);
        var log = new AlertLog(directory, fsync, segmentBytes);
        var loaded = new AlertLogLoad(directory, resume, visit);
        loaded.Run();
        log._segments = [.. loaded.Segments];
        loaded.Place.Chain.CopyTo(log._chain, 0);
        log.Count = log._durableCount = loaded.Place.Count;
        log.LastPosition = loaded.Place.LastPosition;
        log.Damage = loaded.Damage;
        log._file = OpenToWrite(log.Current.Path);
        log.SyncFolder();
        return log;
    }

    /// <summary>Adds an entry to what the next <see cref="Flush"/> writes, unless the log holds its position already. All entries of a position are flushed at once.</summary>
    /// <returns>False when a replay has produced it a second time.</returns>
    public bool Stage(AlertEntry entry)
    {
        if (entry.JournalPosition <= LastPosition)
        {
            return false;
        }

        Encode(hasMore: _staged?.JournalPosition == entry.JournalPosition);
        _staged = entry;
        Count++;
        return true;
    }

    /// <summary>Entries that are durable, from number <paramref name="after"/> + 1 on, or from the oldest that is left. Any thread.</summary>
    public IReadOnlyList<KeyValuePair<long, AlertEntry>> Read(long after, int count)
    {
        var found = new List<KeyValuePair<long, AlertEntry>>();
        if (after >= DurableCount)
        {
            return found;
        }

        var segments = _segments;
        var at = Math.Max(0, Array.FindLastIndex(segments, segment => segment.First <= after + 1));
        for (; at < segments.Length && found.Count < count; at++)
        {
            Read(segments[at], after, count, found);
        }

        return found;
    }

    /// <summary>Writes what was staged; durable on return. After a failure it may be called again.</summary>
    /// <exception cref="IOException">The environment failed: nothing is lost, what was staged stays staged.</exception>
    public void Flush()
    {
        Encode(hasMore: false);
        BeforeWrite?.Invoke();
        RandomAccess.Write(_file, _lines.WrittenSpan, Current.Length);
        if (_fsync)
        {
            RandomAccess.FlushToDisk(_file);
        }

        Current.Length += _lines.WrittenCount;
        Volatile.Write(ref _durableCount, Count);
        _lines.ResetWrittenCount();
        LastPosition = Math.Max(LastPosition, _newestPosition);
    }

    /// <summary>Begins a new segment if the one that is written has its size; only between two flushes. True when it did.</summary>
    /// <exception cref="IOException">A file cannot be created; the log goes on in the one that it has.</exception>
    internal bool TryRoll()
    {
        if (Current.Length < _segmentBytes)
        {
            return false;
        }

        var next = AlertSegment.Of(_directory, Count + 1, _chain);
        var file = Begin(next.Path);
        lock (_gate)
        {
            _segments = [.. _segments, next];
        }

        _file.Dispose();
        _file = file;
        return true;
    }

    /// <summary>Deletes the oldest segments; never the one that is written.</summary>
    internal void Drop(int count)
    {
        lock (_gate)
        {
            foreach (var segment in _segments[..Math.Min(count, _segments.Length - 1)])
            {
                File.Delete(segment.Path);
                _segments = _segments[1..];
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenToWrite(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    /// <summary>Its name is durable before the first entry in it is. One that could not be begun does not stay: the entry it is named after will stand elsewhere.</summary>
    private SafeFileHandle Begin(string path)
    {
        try
        {
            var file = OpenToWrite(path);
            SyncFolder();
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(path);
            throw;
        }
    }

    private void SyncFolder()
    {
        BeforeSyncFolder?.Invoke();
        if (_fsync)
        {
            AlertSegment.SyncFolder(_directory);
        }
    }

    private static void Read(AlertSegment segment, long after, int count, List<KeyValuePair<long, AlertEntry>> found)
    {
        SafeFileHandle file;
        try
        {
            file = segment.OpenToRead();
        }
        catch (FileNotFoundException)
        {
            // Retention was faster: the log begins after it.
            return;
        }

        using (file)
        {
            var (number, offset) = segment.Before(after + 1, file);
            var reader = new AlertLogReader(file, segment.Length, offset);
            for (; found.Count < count && reader.TryReadUnverified(out var entry); number++)
            {
                if (number > after)
                {
                    found.Add(new(number, entry));
                }
            }
        }
    }

    /// <summary>Whether more of the same position follows is known with the next entry, or with the flush.</summary>
    private void Encode(bool hasMore)
    {
        if (_staged is { } entry)
        {
            Current.Enter(Count, Current.Length + _lines.WrittenCount);
            AlertLogEntry.Append(_lines, entry, _chain, hasMore);
            _newestPosition = entry.JournalPosition;
            _staged = null;
        }
    }
}
