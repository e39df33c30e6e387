using Fengsui.Devices.Alerts.Storage;

namespace Fengsui.Devices.Audit;

/// <summary>The lines of the alert log by their numbers, from segment to segment, while they are written.</summary>
internal sealed class AlertLines(string directory) : IDisposable
{
    private AuditLineReader? _lines;
    private string _path = "";

    /// <summary>Of the line that was read last.</summary>
    public long Number { get; private set; }

    /// <summary>Behind the line of a number, which may be the one before the oldest that retention has left. False when there is none.</summary>
    public bool TryMoveTo(long number)
    {
        if (_lines is null || number < Number)
        {
            if (AlertSegment.List(directory).FindLast(segment => segment.First <= number + 1) is not { } segment)
            {
                return false;
            }

            Open(segment);
        }

        while (Number < number)
        {
            if (!TryRead(out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next line without its line feed; valid until the next call. False where the log ends for now.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_lines is null && !TryMoveTo(Number))
        {
            return false;
        }

        while (!_lines!.TryRead(out line))
        {
            var next = AlertSegment.List(directory).Find(segment => segment.First == Number + 1);
            _lines.Extend();
            if (_lines.TryRead(out line))
            {
                break;
            }

            if (next is null || next.Path == _path)
            {
                return false;
            }

            Open(next);
        }

        Number++;
        return true;
    }

    public void Dispose() => _lines?.Dispose();

    private void Open(AlertSegment segment)
    {
        _lines?.Dispose();
        _lines = new AuditLineReader(segment.Path);
        (_path, Number) = (segment.Path, segment.First - 1);
    }
}
