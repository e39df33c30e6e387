using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Alerts;

/// <summary>Reads an alert log line by line as long as the lines continue the chain.</summary>
internal sealed class AlertLogReader(SafeFileHandle file, long length, long start)
{
    /// <summary>No line is longer; a file that has no line feed for this long is damaged, and is not read into memory.</summary>
    private const int MaxLineBytes = 4 << 20;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _read = start;

    /// <summary>Bytes of whole, intact lines so far.</summary>
    public long IntactLength { get; private set; }

    /// <summary>Whether more than a cut-off last line follows the intact part.</summary>
    public bool HasMoreLines { get; private set; }

    public bool TryRead(Span<byte> chain, out AlertEntry entry, out bool hasMore)
    {
        entry = null!;
        hasMore = false;
        if (!TryReadLine(out var line))
        {
            return false;
        }

        try
        {
            if (AlertLogEntry.TryVerify(line, chain, out var json, out hasMore))
            {
                entry = AlertJson.Read(json);
                IntactLength += line.Length + 1;
                return true;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A line with the right digest that cannot be read was written by another version: damage as well.
        }

        HasMoreLines = true;
        return false;
    }

    /// <summary>As <see cref="TryRead"/>, for a log that was verified at open.</summary>
    public bool TryReadUnverified(out AlertEntry entry)
    {
        entry = null!;
        if (!TryReadLine(out var line))
        {
            return false;
        }

        entry = AlertJson.Read(line[..line.LastIndexOf((byte)'\t')]);
        return true;
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsSpan(_start, searched + feed);
                _start += searched + feed + 1;
                return true;
            }

            searched = _end - _start;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        if (_read == length)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == MaxLineBytes)
        {
            HasMoreLines = true;
            return false;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = RandomAccess.Read(file, _buffer.AsSpan(_end), _read);
        _read += count;
        _end += count;
        return count > 0;
    }
}
