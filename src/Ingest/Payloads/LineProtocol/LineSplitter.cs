namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>
/// Cuts text into lines. A line feed within the quotes of a field belongs to the line; quotes that nothing closes do not count, so that
/// one broken line cannot take the following ones with it.
/// </summary>
internal ref struct LineSplitter(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next line begins.</summary>
    public int At { get; set; }

    /// <summary>The number of the next line, from one.</summary>
    public int NextNumber { get; set; } = 1;

    /// <summary>The number of the line in hand, from one: line feeds within quotes count.</summary>
    public int Number { get; private set; }

    /// <summary>False at the end. Blank lines and comments are passed over.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (At < _text.Length)
        {
            var rest = _text[At..];
            var end = EndOf(rest);
            line = rest[..end];
            At += end + 1;
            Number = NextNumber;
            NextNumber += 1 + line.Count((byte)'\n');
            line = line.Trim(" \t\r\n"u8);
            if (!line.IsEmpty && line[0] != (byte)'#')
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    private static int EndOf(ReadOnlySpan<byte> rest)
    {
        var feed = rest.IndexOf((byte)'\n');
        feed = feed < 0 ? rest.Length : feed;
        if (rest[..feed].IndexOf((byte)'"') < 0 || rest.TrimStart(" \t"u8).StartsWith("#"u8))
        {
            return feed;
        }

        var at = StartOfFields(rest);
        while (at < rest.Length && rest[at] != (byte)'\n')
        {
            if (LineText.OpensText(rest, at))
            {
                var close = LineValue.CloseOfQuotes(rest, at + 1);
                if (close < 0)
                {
                    return feed;
                }

                at = close;
            }

            at++;
        }

        return Math.Min(at, rest.Length);
    }

    /// <summary>Behind the first space that no backslash precedes; quotes mean nothing before.</summary>
    private static int StartOfFields(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAnyExcept(" \t\r"u8);
        at = at < 0 ? rest.Length : at;
        while (at < rest.Length && (rest[at] is not ((byte)' ' or (byte)'\n') || (rest[at] == (byte)' ' && rest[at - 1] == (byte)'\\')))
        {
            at++;
        }

        return at;
    }
}
