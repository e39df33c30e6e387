using System.Globalization;
using System.Text;
using Fengsui.Rules.Parsing.Yaml;

namespace Fengsui.Api.Prometheus;

/// <summary>Takes words, signs, strings, numbers and durations from the text of a question.</summary>
internal sealed class PromScanner(string text)
{
    private int _at;

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return _at >= text.Length;
        }
    }

    /// <summary>Takes <paramref name="sign"/> when it comes next.</summary>
    public bool Take(string sign)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0)
            return false;
        _at += sign.Length;
        return true;
    }

    public void Expect(string sign)
    {
        if (!Take(sign))
            throw Wrong($"\"{sign}\"");
    }

    /// <summary>A name of letters, digits, _ and :; null when none comes next.</summary>
    public string? Word()
    {
        SkipSpace();
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] is '_' or ':' || (_at > start && char.IsAsciiDigit(text[_at]))))
            _at++;
        return _at > start ? text[start.._at] : null;
    }

    public bool NextIsQuote()
    {
        SkipSpace();
        return _at < text.Length && text[_at] is '"' or '\'' or '`';
    }

    /// <summary>In double or single quotes with escapes, or in back quotes without.</summary>
    public string Text()
    {
        if (!NextIsQuote())
            throw Wrong("a string in quotes");
        var quote = text[_at++];
        var taken = new StringBuilder();
        for (; _at < text.Length && text[_at] != quote; _at++)
            taken.Append(text[_at] == '\\' && quote != '`' ? Escaped() : text[_at]);
        if (_at++ >= text.Length)
            throw Wrong("the end of a string");
        return taken.ToString();
    }

    /// <summary>Null when no number comes next.</summary>
    public double? Number()
    {
        SkipSpace();
        var end = _at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (text[end] is 'e' or 'E' && end > _at) || (text[end] is '+' or '-' && end > _at && text[end - 1] is 'e' or 'E')))
            end++;
        if (end == _at || !double.TryParse(text.AsSpan(_at, end - _at), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        _at = end;
        return number;
    }

    /// <summary>As 5m or 1h30m; at least a millisecond.</summary>
    public long DurationMs()
    {
        SkipSpace();
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
            _at++;
        if (DurationText.TryParse(text[start.._at], out var ms) && ms > 0)
            return ms;
        _at = start;
        throw Wrong("a duration such as 5m");
    }

    public PromException Wrong(string expected)
    {
        SkipSpace();
        var found = _at < text.Length ? $"\"{text[_at]}\"" : "the end";
        return PromException.BadData($"1:{_at + 1}: parse error: {found} where {expected} was expected");
    }

    private char Escaped()
    {
        if (++_at >= text.Length)
            throw Wrong("the end of a string");
        return text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
    }

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }
}
