using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Fengsui.Ingest.Decoding;

/// <summary>
/// Walks over JSON text (RFC 8259) token by token. Answers false on anything that is not JSON, and never throws: what
/// a hostile client costs must stay what a good one costs. Takes NaN and Infinity for numbers, since common encoders
/// write them.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    /// <summary>Bound on what is passed over unread, since each level is a call.</summary>
    private const int MaxSkippedLevels = 64;

    /// <summary>What ends the plain part of a string.</summary>
    private static readonly SearchValues<byte> StringBreaks =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>Something passed over was nested beyond any use.</summary>
    public bool TooDeep { get; private set; }

    /// <summary>Where the next byte stands, for a reader that goes on by itself and says where it stopped.</summary>
    public int At
    {
        readonly get => _at;
        set => _at = value;
    }

    /// <summary>Strings are compared and stored as bytes, so the whole text must be UTF-8.</summary>
    public static bool IsText(ReadOnlySpan<byte> json) => Utf8.IsValid(json);

    /// <summary>The next byte that is not white space; 0 at the end.</summary>
    public byte Peek()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at] : (byte)0;
    }

    public bool AtEnd() => Peek() == 0 && _at == _json.Length;

    public bool TryTake(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>The bytes between the quotes, as they stand; <paramref name="escaped"/> when they hold a backslash.</summary>
    public bool TryString(out ReadOnlySpan<byte> raw, out bool escaped)
    {
        raw = default;
        escaped = false;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        var start = _at;
        while (true)
        {
            var plain = _json[_at..].IndexOfAny(StringBreaks);
            if (plain < 0)
            {
                return false;
            }

            _at += plain + 1;
            var end = _json[_at - 1];
            if (end == (byte)'"')
            {
                raw = _json[start..(_at - 1)];
                return true;
            }

            escaped = true;
            if (end != (byte)'\\' || !TrySkipEscape())
            {
                return false;
            }
        }
    }

    /// <summary>Answers NaN where the text says that or Infinity, and an infinity beyond the range of a double.</summary>
    public bool TryNumber(out double value)
    {
        Peek();
        if (JsonNumber.TryRead(_json, ref _at, out value))
        {
            return true;
        }

        var length = NumberLength();
        if (length == 0)
        {
            value = double.NaN;
            return TryLiteral("NaN"u8) || TryLiteral("Infinity"u8) || TryLiteral("-Infinity"u8);
        }

        var number = _json.Slice(_at, length);
        _at += length;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public bool TryLiteral(ReadOnlySpan<byte> literal)
    {
        Peek();
        if (!_json[_at..].StartsWith(literal))
        {
            return false;
        }

        _at += literal.Length;
        return true;
    }

    /// <summary>Passes over one value of any kind.</summary>
    public bool TrySkip() => TrySkip(MaxSkippedLevels);

    private bool TrySkip(int levels) => Peek() switch
    {
        (byte)'"' => TryString(out _, out _),
        (byte)'{' => IsShallow(levels) && TrySkipObject(levels - 1),
        (byte)'[' => IsShallow(levels) && TrySkipArray(levels - 1),
        (byte)'t' => TryLiteral("true"u8),
        (byte)'f' => TryLiteral("false"u8),
        (byte)'n' => TryLiteral("null"u8),
        _ => TryNumber(out _),
    };

    private bool IsShallow(int levels)
    {
        TooDeep |= levels == 0;
        return levels > 0;
    }

    private bool TrySkipObject(int levels)
    {
        _at++;
        if (TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!TryString(out _, out _) || !TryTake((byte)':') || !TrySkip(levels))
            {
                return false;
            }
        }
        while (TryTake((byte)','));
        return TryTake((byte)'}');
    }

    private bool TrySkipArray(int levels)
    {
        _at++;
        if (TryTake((byte)']'))
        {
            return true;
        }

        do
        {
            if (!TrySkip(levels))
            {
                return false;
            }
        }
        while (TryTake((byte)','));
        return TryTake((byte)']');
    }

    private bool TrySkipEscape()
    {
        if (_at >= _json.Length)
        {
            return false;
        }

        var escape = _json[_at++];
        if (escape != (byte)'u')
        {
            return "\"\\/bfnrt"u8.Contains(escape);
        }

        for (var i = 0; i < 4; i++, _at++)
        {
            if (_at >= _json.Length || !char.IsAsciiHexDigit((char)_json[_at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Bytes of a number by JSON's grammar; 0 when there is none.</summary>
    private readonly int NumberLength()
    {
        var at = _at;
        at += at < _json.Length && _json[at] == (byte)'-' ? 1 : 0;
        var whole = Digits(at);
        if (whole == 0 || (whole > 1 && _json[at] == (byte)'0'))
        {
            return 0;
        }

        at += whole;
        if (at < _json.Length && _json[at] == (byte)'.')
        {
            var fraction = Digits(++at);
            if (fraction == 0)
            {
                return 0;
            }

            at += fraction;
        }

        if (at < _json.Length && (_json[at] | 0x20) == 'e')
        {
            at++;
            at += at < _json.Length && _json[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = Digits(at);
            if (exponent == 0)
            {
                return 0;
            }

            at += exponent;
        }

        return at - _at;
    }

    private readonly int Digits(int at)
    {
        var start = at;
        while (at < _json.Length && char.IsAsciiDigit((char)_json[at]))
        {
            at++;
        }

        return at - start;
    }
}
