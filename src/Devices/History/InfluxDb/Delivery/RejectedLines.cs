using System.Globalization;
using System.Text;

namespace Fengsui.Devices.History.InfluxDb.Delivery;

/// <summary>
/// The dead letters of one target: <c>rejected.lp</c>, line protocol with a comment before each line that says when, where
/// in the journal, and why. Once the cause is removed, the file can be sent to the server as it is. Bounded: the older half
/// is <c>rejected.1.lp</c>, and goes when the newer one is full. A line that is refused again after a crash is kept once.
/// </summary>
internal sealed class RejectedLines : IDisposable
{
    public const string FileName = "rejected.lp";
    public const string OlderFileName = "rejected.1.lp";
    private const string Mark = "# at ";

    /// <summary>Bound on the places remembered. What is forgotten may be kept twice after a crash, which harms nobody.</summary>
    private const int MaxKnown = 100_000;

    private readonly Lock _gate = new();
    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private readonly HashSet<(string Place, int TextHash)> _known = [];
    private FileStream _file;
    private long _count;
    private bool _isDirty;

    private RejectedLines(string directory, long maxBytes, TimeProvider time)
    {
        _directory = directory;
        _maxBytes = maxBytes;
        _time = time;
        _file = OpenFile();
    }

    /// <summary>Since the process started.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <param name="committed">Lines behind it may come again: those that are in the file already are known by their place.</param>
    public static RejectedLines Open(string directory, long maxBytes, long committed, TimeProvider time)
    {
        var rejected = new RejectedLines(directory, maxBytes, time);
        foreach (var name in (string[])[OlderFileName, FileName])
        {
            rejected.Remember(Path.Combine(directory, name), committed);
        }

        return rejected;
    }

    /// <summary>The lines of a file and their places in the journal, in its order; without the file there are none. Reads beside the server that writes.</summary>
    public static IEnumerable<((long Position, int Index) Place, RejectedLine Line)> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } head)
        {
            if (head.StartsWith(Mark, StringComparison.Ordinal) && head.Split(' ', 5) is [_, _, var place, var time, var reason]
                && place.Split('/') is [var at, var row] && long.TryParse(at, CultureInfo.InvariantCulture, out var position)
                && int.TryParse(row, CultureInfo.InvariantCulture, out var index) && lines.ReadLine() is { } text)
            {
                yield return ((position, index), new RejectedLine(time, reason, text));
            }
        }
    }

    /// <param name="line">With or without its line feed.</param>
    public void Add(long position, int index, string reason, ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line).TrimEnd('\n');
        var place = string.Create(CultureInfo.InvariantCulture, $"{position}/{index}");
        lock (_gate)
        {
            // A tall row has several lines at one place.
            if (!_known.Add((place, string.GetHashCode(text, StringComparison.Ordinal))))
            {
                return;
            }

            var entry = Encoding.UTF8.GetBytes($"{Mark}{place} {_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {AnswerBody.Short(reason)}\n{text}\n");
            if (_file.Length + entry.Length > _maxBytes / 2 && _file.Length > 0)
            {
                Rotate();
            }

            _file.Write(entry);
            _isDirty = true;
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>Makes what was added durable: before the target's position may pass it.</summary>
    public void Sync()
    {
        lock (_gate)
        {
            if (_isDirty)
            {
                _file.Flush(flushToDisk: true);
                _isDirty = false;
                if (_known.Count > MaxKnown)
                {
                    _known.Clear();
                }
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private FileStream OpenFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(_directory, FileName), options);
    }

    private void Rotate()
    {
        _file.Dispose();
        File.Move(Path.Combine(_directory, FileName), Path.Combine(_directory, OlderFileName), overwrite: true);
        _file = OpenFile();
    }

    private void Remember(string path, long committed)
    {
        if (!File.Exists(path))
        {
            return;
        }

        string? place = null;
        foreach (var line in File.ReadLines(path))
        {
            if (place is not null)
            {
                _known.Add((place, string.GetHashCode(line, StringComparison.Ordinal)));
                place = null;
            }
            else if (line.StartsWith(Mark, StringComparison.Ordinal) && line.Split(' ', 4) is [_, _, var at, _]
                && long.TryParse(at.AsSpan(0, Math.Max(0, at.IndexOf('/', StringComparison.Ordinal))), CultureInfo.InvariantCulture, out var position) && position > committed)
            {
                place = at;
            }
        }
    }
}
