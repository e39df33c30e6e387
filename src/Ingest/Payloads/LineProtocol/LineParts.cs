namespace Fengsui.Ingest.Payloads.LineProtocol;

/// <summary>A line, cut at its unescaped spaces: <c>measurement[,tag=value…] field=value[,…] [time]</c>. The parts stand as they are written.</summary>
internal ref struct LineParts
{
    public ReadOnlySpan<byte> Measurement { get; private set; }

    /// <summary>Without the comma before the first; empty when there are none.</summary>
    public ReadOnlySpan<byte> Tags { get; private set; }

    public ReadOnlySpan<byte> Fields { get; private set; }

    /// <summary>Empty when the line has none.</summary>
    public ReadOnlySpan<byte> Time { get; private set; }

    /// <param name="line">Trimmed, not empty.</param>
    /// <param name="parts">Whole when there is no fault.</param>
    public static LineFault Cut(ReadOnlySpan<byte> line, out LineParts parts)
    {
        parts = default;
        var name = LineText.IndexOfBare(line, 0, (byte)',', (byte)' ');
        if (name == 0)
        {
            return LineFault.MissingMeasurement;
        }

        var head = LineText.IndexOfBare(line, name, (byte)' ', (byte)' ');
        parts.Measurement = line[..name];
        parts.Tags = name < head ? line[(name + 1)..head] : default;
        var fault = name < head ? CheckTags(parts.Tags) : LineFault.None;
        if (fault != LineFault.None)
        {
            return fault;
        }

        var rest = line[head..].TrimStart((byte)' ');
        fault = EndOfFields(rest, out var end);
        parts.Fields = rest[..end];
        parts.Time = rest[end..].Trim((byte)' ');
        return fault != LineFault.None ? fault : end == 0 ? LineFault.MissingFields : LineFault.None;
    }

    /// <summary>The value of a tag as it is written; empty when the line has no such tag.</summary>
    /// <param name="key">Without escapes.</param>
    public readonly ReadOnlySpan<byte> Tag(scoped ReadOnlySpan<byte> key)
    {
        scoped Span<byte> plain = stackalloc byte[Naming.NameTemplate.MaxBytes];
        var rest = Tags;
        while (!rest.IsEmpty)
        {
            var tag = Next(ref rest);
            var equals = LineText.IndexOfBare(tag, 0, (byte)'=', (byte)'=');
            var length = LineText.Unescape(tag[..equals], plain);
            if (length >= 0 && plain[..length].SequenceEqual(key))
            {
                return tag[(equals + 1)..];
            }
        }

        return default;
    }

    private static LineFault CheckTags(ReadOnlySpan<byte> rest)
    {
        if (rest is [.., not (byte)'\\', (byte)','])
        {
            return LineFault.MissingTagKey;
        }

        do
        {
            var tag = Next(ref rest);
            var equals = LineText.IndexOfBare(tag, 0, (byte)'=', (byte)'=');
            if (equals == 0 || tag.IsEmpty)
            {
                return LineFault.MissingTagKey;
            }

            if (equals >= tag.Length - 1)
            {
                return LineFault.MissingTagValue;
            }
        }
        while (!rest.IsEmpty);
        return LineFault.None;
    }

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest)
    {
        var comma = LineText.IndexOfBare(rest, 0, (byte)',', (byte)',');
        var tag = rest[..comma];
        rest = comma < rest.Length ? rest[(comma + 1)..] : default;
        return tag;
    }

    /// <summary>Finds the space behind the fields; within quotes there may be any.</summary>
    private static LineFault EndOfFields(ReadOnlySpan<byte> rest, out int end)
    {
        end = 0;
        while (end < rest.Length)
        {
            if (rest[end] == (byte)' ' && (end == 0 || rest[end - 1] != (byte)'\\'))
            {
                break;
            }

            if (LineText.OpensText(rest, end))
            {
                var close = LineValue.CloseOfQuotes(rest, end + 1);
                if (close < 0)
                {
                    end = 0;
                    return LineFault.UnbalancedQuotes;
                }

                end = close;
            }

            end++;
        }

        return LineFault.None;
    }
}
