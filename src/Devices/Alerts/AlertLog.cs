using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The durable record of every transition and event, in journal order, in <c>alerts/alerts.jsonl</c>. A projection: what a replay
/// gives again is recognised by its position in the journal and not written twice. All that one position causes is in the log or nothing of it, since
/// what people and time do is decided by what the log holds. One thread appends.
/// </summary>
public sealed class AlertLog : IDisposable
{
    public const string FileName = "alerts.jsonl";

    private readonly SafeFileHandle _file;
    private readonly bool _fsync;
    private readonly byte[] _chain = new byte[AlertLogEntry.ChainBytes];
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly AlertLogIndex _index = new();
    private AlertEntry? _staged;
    private long _newestPosition = -1;
    private long _length;
    private long _durableCount;

    private AlertLog(SafeFileHandle file, bool fsync)
    {
        _file = file;
        _fsync = fsync;
    }

    /// <summary>Everything that the journal causes up to here is in the log; −1 when it is empty.</summary>
    public long LastPosition { get; private set; } = -1;

    /// <summary>What was wrong with the file at open; null when nothing was.</summary>
    public string? Damage { get; private set; }

    public long Count { get; private set; }

    /// <summary>Of these, those that are on the disk. Any thread.</summary>
    public long DurableCount => Volatile.Read(ref _durableCount);

    /// <summary>Lets a test fill the disk. Null in the product.</summary>
    internal Action? BeforeWrite { get; set; }

    /// <summary>Opens the log and gives every entry in it to <paramref name="visit"/>, in order.</summary>
    /// <remarks>A line cut short by a crash is removed, and with it the other lines of its position. A file damaged elsewhere is set aside, whole, and a new log
    /// begins with the lines that were intact; nothing is dropped without <see cref="Damage"/> saying so.</remarks>
    public static AlertLog Open(string directory, bool fsync, Action<AlertEntry> visit)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var log = new AlertLog(file, fsync);
        log.Load(path, visit);
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

    /// <summary>Entries that are durable, from number <paramref name="after"/> + 1 on. Any thread.</summary>
    public IReadOnlyList<KeyValuePair<long, AlertEntry>> Read(long after, int count)
    {
        var found = new List<KeyValuePair<long, AlertEntry>>();
        var (number, offset) = _index.Before(after + 1);
        var reader = new AlertLogReader(_file, Volatile.Read(ref _length), offset);
        while (found.Count < count && reader.TryReadUnverified(out var entry))
        {
            if (number > after)
            {
                found.Add(new(number, entry));
            }

            number++;
        }

        return found;
    }

    /// <summary>Writes what was staged; durable on return. After a failure it may be called again.</summary>
    /// <exception cref="IOException">The environment failed: nothing is lost, what was staged stays staged.</exception>
    public void Flush()
    {
        Encode(hasMore: false);
        BeforeWrite?.Invoke();
        RandomAccess.Write(_file, _lines.WrittenSpan, _length);
        if (_fsync)
        {
            RandomAccess.FlushToDisk(_file);
        }

        Volatile.Write(ref _length, _length + _lines.WrittenCount);
        Volatile.Write(ref _durableCount, Count);
        _lines.ResetWrittenCount();
        LastPosition = Math.Max(LastPosition, _newestPosition);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether more of the same position follows is known with the next entry, or with the flush.</summary>
    private void Encode(bool hasMore)
    {
        if (_staged is { } entry)
        {
            _index.Add(Count, _length + _lines.WrittenCount);
            AlertLogEntry.Append(_lines, entry, _chain, hasMore);
            _newestPosition = entry.JournalPosition;
            _staged = null;
        }
    }

    private void Load(string path, Action<AlertEntry> visit)
    {
        var length = RandomAccess.GetLength(_file);
        var reader = new AlertLogReader(_file, length, 0);
        var place = new List<AlertEntry>();
        var offsets = new List<long>();
        var chain = new byte[AlertLogEntry.ChainBytes];
        for (var start = 0L; reader.TryRead(chain, out var entry, out var hasMore); start = reader.IntactLength)
        {
            place.Add(entry);
            offsets.Add(start);
            if (!hasMore)
            {
                Loaded(place, offsets, visit);
                chain.CopyTo(_chain, 0);
                _length = reader.IntactLength;
            }
        }

        _durableCount = Count;
        if (_length == length)
        {
            return;
        }

        Damage = reader.HasMoreLines
            ? SetAside(path)
            : $"{path}: the last {length - _length} bytes are not all lines of a position, as after a crash, and were removed; a replay gives them again";

        RandomAccess.SetLength(_file, _length);
        RandomAccess.FlushToDisk(_file);
    }

    private void Loaded(List<AlertEntry> place, List<long> offsets, Action<AlertEntry> visit)
    {
        for (var i = 0; i < place.Count; i++)
        {
            _index.Add(++Count, offsets[i]);
            visit(place[i]);
        }

        LastPosition = place[^1].JournalPosition;
        place.Clear();
        offsets.Clear();
    }

    private string SetAside(string path)
    {
        var copy = $"{path}.damaged-at-{_length}";
        File.Copy(path, copy, overwrite: true);
        return $"{path}: the line at byte {_length} does not continue the chain; the whole file was copied to {copy}";
    }
}
