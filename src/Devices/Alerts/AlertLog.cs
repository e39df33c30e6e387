using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts;

/// <summary>
/// The durable record of every transition, in journal order, in <c>alerts/alerts.jsonl</c>. A projection: what a replay
/// gives again is recognised by its place in the journal and not written twice. One thread appends.
/// </summary>
public sealed class AlertLog : IDisposable
{
    public const string FileName = "alerts.jsonl";

    private readonly SafeFileHandle _file;
    private readonly bool _fsync;
    private readonly byte[] _chain = new byte[AlertLogEntry.ChainBytes];
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly AlertLogIndex _index = new();
    private long _length;
    private long _durableCount;

    private AlertLog(SafeFileHandle file, bool fsync)
    {
        _file = file;
        _fsync = fsync;
    }

    /// <summary>Place in the journal of the last transition in the log; −1 when it is empty.</summary>
    public (long Position, int Index, int Ordinal) Last { get; private set; } = (-1, 0, 0);

    /// <summary>What was wrong with the file at open; null when nothing was.</summary>
    public string? Damage { get; private set; }

    public long Count { get; private set; }

    /// <summary>Of these, those that are on the disk. Any thread.</summary>
    public long DurableCount => Volatile.Read(ref _durableCount);

    /// <summary>Lets a test fill the disk. Null in the product.</summary>
    internal Action? BeforeWrite { get; set; }

    /// <summary>Opens the log and gives every transition in it to <paramref name="visit"/>, in order.</summary>
    /// <remarks>A line cut short by a crash is removed. A file damaged elsewhere is set aside, whole, and a new log
    /// begins with the lines that were intact; nothing is dropped without <see cref="Damage"/> saying so.</remarks>
    public static AlertLog Open(string directory, bool fsync, Action<AlertTransition> visit)
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

    /// <summary>Adds a transition to what the next <see cref="Flush"/> writes, unless the log holds it already.</summary>
    /// <param name="ordinal">Its number among the transitions of the same journal entry, from 0.</param>
    /// <returns>False when a replay has produced it a second time.</returns>
    public bool Stage(AlertTransition transition, int ordinal)
    {
        if ((transition.JournalPosition, transition.JournalIndex, ordinal).CompareTo(Last) <= 0)
        {
            return false;
        }

        _index.Add(Count + 1, _length + _lines.WrittenCount);
        AlertLogEntry.Append(_lines, transition, _chain);
        Last = (transition.JournalPosition, transition.JournalIndex, ordinal);
        Count++;
        return true;
    }

    /// <summary>Transitions that are durable, from number <paramref name="after"/> + 1 on. Any thread.</summary>
    public IReadOnlyList<KeyValuePair<long, AlertTransition>> Read(long after, int count)
    {
        var found = new List<KeyValuePair<long, AlertTransition>>();
        var (number, offset) = _index.Before(after + 1);
        var reader = new AlertLogReader(_file, Volatile.Read(ref _length), offset);
        while (found.Count < count && reader.TryReadUnverified(out var transition))
        {
            if (number > after)
            {
                found.Add(new(number, transition));
            }

            number++;
        }

        return found;
    }

    /// <summary>Writes what was staged; durable on return. After a failure it may be called again.</summary>
    /// <exception cref="IOException">The environment failed: nothing is lost, what was staged stays staged.</exception>
    public void Flush()
    {
        BeforeWrite?.Invoke();
        RandomAccess.Write(_file, _lines.WrittenSpan, _length);
        if (_fsync)
        {
            RandomAccess.FlushToDisk(_file);
        }

        Volatile.Write(ref _length, _length + _lines.WrittenCount);
        Volatile.Write(ref _durableCount, Count);
        _lines.ResetWrittenCount();
    }

    public void Dispose() => _file.Dispose();

    private void Loaded(AlertTransition transition)
    {
        var same = Last.Position == transition.JournalPosition && Last.Index == transition.JournalIndex;
        Last = (transition.JournalPosition, transition.JournalIndex, same ? Last.Ordinal + 1 : 0);
        Count++;
    }

    private void Load(string path, Action<AlertTransition> visit)
    {
        var length = RandomAccess.GetLength(_file);
        var reader = new AlertLogReader(_file, length, 0);
        for (var start = 0L; reader.TryRead(_chain, out var transition); start = reader.IntactLength)
        {
            _index.Add(Count + 1, start);
            Loaded(transition);
            visit(transition);
        }

        _length = reader.IntactLength;
        _durableCount = Count;
        if (_length == length)
        {
            return;
        }

        Damage = reader.HasMoreLines
            ? SetAside(path)
            : $"{path}: the last {length - _length} bytes are not a whole line, as after a crash, and were removed; a replay gives the line again";

        RandomAccess.SetLength(_file, _length);
        RandomAccess.FlushToDisk(_file);
    }

    private string SetAside(string path)
    {
        var copy = $"{path}.damaged-at-{_length}";
        File.Copy(path, copy, overwrite: true);
        return $"{path}: the line at byte {_length} does not continue the chain; the whole file was copied to {copy}";
    }
}
