namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>The escapes of line protocol outside of quotes: a backslash before a comma, an equals sign or a space; elsewhere it is itself.</summary>
internal static class LineText
{
    /// <summary>Where the first of two bytes stands that no backslash precedes; the length of the text when it is nowhere.</summary>
    public static int IndexOfBare(ReadOnlySpan<byte> text, int start, byte one, byte other)
    {
        while (start < text.Length)
        {
            var step = text[start..].IndexOfAny(one, other);
            if (step < 0)
            {
                break;
            }

            start += step;
            if (start == 0 || text[start - 1] != (byte)'\\')
            {
                return start;
            }

            start++;
        }

        return text.Length;
    }

    /// <summary>Whether a quote opens the text of a field: it stands behind an equals sign that is none of the key's.</summary>
    public static bool OpensText(ReadOnlySpan<byte> line, int at) =>
        line[at] == (byte)'"' && at > 0 && line[at - 1] == (byte)'=' && (at == 1 || line[at - 2] != (byte)'\\');

    /// <summary>Writes the text without its escapes; −1 when there is no room.</summary>
    public static int Unescape(scoped ReadOnlySpan<byte> raw, scoped Span<byte> target)
    {
        var length = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            var run = plain < 0 ? raw : raw[..plain];
            if (!run.TryCopyTo(target[length..]))
            {
                return -1;
            }

            length += run.Length;
            if (plain < 0)
            {
                return length;
            }

            raw = raw[(plain + 1)..];
            var kept = !raw.IsEmpty && raw[0] is (byte)',' or (byte)'=' or (byte)' ' ? raw[0] : (byte)'\\';
            if (length == target.Length)
            {
                return -1;
            }

            target[length++] = kept;
            raw = kept == (byte)'\\' ? raw : raw[1..];
        }
    }
}
