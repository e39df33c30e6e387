using Microsoft.Win32.SafeHandles;

namespace Fengsui.Devices.Audit;

/// <summary>The lines of a file up to a length, one at a time, with bounded memory. Also for the alert log, whose lines end alike.</summary>
internal sealed class AuditLineReader : IDisposable
{
    /// <summary>No line of either log is longer; what goes on for longer without a line feed is damage, and is given in pieces of this size.</summary>
    private const int MaxLineBytes = 4 << 20;

    private readonly SafeFileHandle _file;
    private long _length;
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private long _read;

    /// <param name="length">Nothing behind it is read; −1 is the length that the file has now.</param>
    public AuditLineReader(string path, long offset = 0, long length = -1)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _length = length < 0 ? RandomAccess.GetLength(_file) : length;
        _read = offset;
        Offset = offset;
    }

    /// <summary>Where the next line begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes behind the last line feed, once <see cref="TryRead"/> has said false.</summary>
    public int Rest => _end - _start;

    /// <summary>A whole line without its line feed; valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        for (var searched = 0; ;)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            var length = feed >= 0 ? searched + feed : _end - _start >= MaxLineBytes ? MaxLineBytes : -1;
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, length);
                var taken = length + (feed >= 0 ? 1 : 0);
                _start += taken;
                Offset += taken;
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

    /// <summary>Goes on with what has been added to the file since.</summary>
    public void Extend() => _length = RandomAccess.GetLength(_file);

    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var wanted = (int)Math.Min(_buffer.Length - _end, _length - _read);
        var count = wanted > 0 ? RandomAccess.Read(_file, _buffer.AsSpan(_end, wanted), _read) : 0;
        _read += count;
        _end += count;
        return count > 0;
    }
}
