using System.Text;

namespace Fengsui.Rules.Parsing.Json;

/// <summary>From byte offsets to lines and columns; columns in UTF-16 units, as everywhere.</summary>
internal sealed class JsonPlaces
{
    private readonly string _file;
    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [0];

    public JsonPlaces(string file, byte[] bytes)
    {
        _file = file;
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public SourceSpot At(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        var line = found < 0 ? ~found - 1 : found;
        return InLine(line, offset - _lineStarts[line]);
    }

    /// <param name="line">Counts from 0.</param>
    public SourceSpot InLine(int line, int bytes)
    {
        line = Math.Clamp(line, 0, _lineStarts.Count - 1);
        var start = _lineStarts[line];
        var length = Math.Clamp(bytes, 0, _bytes.Length - start);
        return new SourceSpot(_file, line + 1, Encoding.UTF8.GetCharCount(_bytes, start, length) + 1);
    }
}
