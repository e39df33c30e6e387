using System.Buffers;
using Fengsui.Devices.History.Embedded.Groups;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Audit;

/// <summary>
/// The segments of the log and its end. A group is written in three steps: <see cref="Prepare"/>, any number of <see cref="Stage"/>,
/// <see cref="Flush"/>; the first and the last can fail and be called again. One thread.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly DiskFiles _disk = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<string> _findings = [];
    private SafeFileHandle? _file;
    private AuditHead _staged = AuditHead.None;
    private long _length;
    private long _nextSequence = 1;
    private string _damage = "";

    private AuditFile(AuditOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>The newest durable record.</summary>
    public AuditHead Head { get; private set; } = AuditHead.None;

    /// <summary>Up to where each source is staged or durable.</summary>
    public AuditPlaces Places { get; private set; } = AuditPlaces.None;

    /// <summary>What was wrong when the log was opened: nothing is removed or passed over without being here.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Whether the log was found changed: more than a write that a crash cut off.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Records that the next <see cref="Flush"/> writes.</summary>
    public int StagedCount { get; private set; }

    /// <summary>Lets a test fail a write, a sync or the beginning of a segment. Null in the product.</summary>
    internal Action<string>? Before { get; set; }

    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static AuditFile Open(AuditOptions options, TimeProvider time)
    {
        var file = new AuditFile(options, time);
        file.CreateFolder();
        file.Recover();
        return file;
    }

    /// <summary>Makes sure that there is a segment with room, before a group is staged.</summary>
    /// <exception cref="IOException">The environment failed.</exception>
    public void Prepare()
    {
        if (_file is not null && _length >= _options.SegmentBytes)
        {
            _file.Dispose();
            _file = null;
        }

        if (_file is null)
        {
            BeginSegment();
        }
    }

    /// <summary>Adds a record to what the next <see cref="Flush"/> writes, unless its source's number is in the log already.</summary>
    public bool Stage(AuditRecord record)
    {
        if (Places.Has(record))
        {
            return false;
        }

        var sequence = _staged.Sequence + 1;
        _staged = new AuditHead(sequence, AuditLine.Append(_lines, sequence, record, _staged.Hash));
        Places = Places.With(record);
        StagedCount++;
        return true;
    }

    /// <summary>Writes what was staged; durable on return.</summary>
    /// <exception cref="IOException">The environment failed: what was staged stays staged.</exception>
    public void Flush()
    {
        if (StagedCount == 0)
        {
            return;
        }

        Before?.Invoke("write");
        RandomAccess.Write(_file!, _lines.WrittenSpan, _length);
        Sync(_file!);
        _length += _lines.WrittenCount;
        _lines.ResetWrittenCount();
        StagedCount = 0;
        Head = _staged;
    }

    /// <summary>The alert log has lost entries that are recorded here; those that take their numbers are recorded again.</summary>
    public void StepBack(long alerts) => Places = Places with { Alerts = alerts };

    public void Dispose() => _file?.Dispose();

    private void Sync(SafeFileHandle file)
    {
        Before?.Invoke("sync");
        if (_options.Fsync)
        {
            _disk.Flush(file);
        }
    }

    /// <summary>Its first record is durable, name and all, before anything else is written to it.</summary>
    private void BeginSegment()
    {
        Before?.Invoke("segment");
        var sequence = Math.Max(_nextSequence, Head.Sequence + 1);
        var line = new ArrayBufferWriter<byte>();
        var start = new SegmentStart(Head, Places, _damage);
        var hash = AuditLine.Append(line, sequence, start.ToRecord(_time.GetUtcNow().ToUnixTimeMilliseconds()), Head.Hash);
        var file = _disk.Create(AuditSegment.PathOf(_options.Directory, sequence));
        try
        {
            RandomAccess.Write(file, line.WrittenSpan, 0);
            Sync(file);
            if (_options.Fsync)
            {
                _disk.FlushDirectory(_options.Directory);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        Take(file, line.WrittenCount, new AuditHead(sequence, hash));
        _damage = "";
    }

    private void Take(SafeFileHandle file, long length, AuditHead head)
    {
        _file = file;
        _length = length;
        _staged = Head = head;
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_options.Directory);
        }
        else
        {
            Directory.CreateDirectory(_options.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Goes on at the end of the newest segment, or in a new one when that is damaged.</summary>
    private void Recover()
    {
        var segments = AuditSegment.List(_options.Directory);
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            var found = AuditRecovery.Of(segments[i]);
            (Places, _nextSequence) = (found.Places, found.NextSequence);
            if (found is { IntactLength: 0, DamagedLine: 0 })
            {
                _findings.Add($"{found.Segment.Path}: the segment has no whole first record, as after a crash, and was removed");
                File.Delete(found.Segment.Path);
                continue;
            }

            GoOnAfter(found);
            return;
        }
    }

    private void GoOnAfter(AuditRecovery found)
    {
        Head = _staged = found.Head;
        if (found.DamagedLine > 0)
        {
            IsDamaged = true;
            _damage = $"{found.Segment.Name}: line {found.DamagedLine} does not continue the chain";
            _findings.Add($"{found.Segment.Path}: line {found.DamagedLine} does not continue the chain after record {found.Head.Sequence}. The file is left as it is, the log goes on in a new segment; see 'fengsui audit verify'");
            return;
        }

        var file = File.OpenHandle(found.Segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (found.TornBytes > 0)
        {
            _findings.Add($"{found.Segment.Path}: the last {found.TornBytes} bytes are no whole record, as after a crash, and were removed");
            RandomAccess.SetLength(file, found.IntactLength);
            _disk.Flush(file);
        }

        Take(file, found.IntactLength, found.Head);
    }
}
