namespace Fengsui.Fleet.Transport;

/// <summary>What a sender must know from a CONNACK body: accepted or not, session present, the server's receive maximum.</summary>
internal static class ConnackReader
{
    private const byte ReceiveMaximum = 0x21;

    /// <summary>The receive maximum of an MQTT 5 CONNACK, or 65535 when it names none.</summary>
    public static int ReadReceiveMaximum(ReadOnlySpan<byte> body)
    {
        var at = 2;
        if (!TryReadVariableInteger(body, ref at, out var length))
        {
            return ushort.MaxValue;
        }

        var end = Math.Min(body.Length, at + length);
        while (at < end)
        {
            var id = body[at++];
            if (id == ReceiveMaximum && at + 2 <= end)
            {
                return (body[at] << 8) | body[at + 1];
            }

            at += ValueLength(id, body[at..end]);
        }

        return ushort.MaxValue;
    }

    private static int ValueLength(byte id, ReadOnlySpan<byte> rest) => id switch
    {
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        0x13 or 0x22 or ReceiveMaximum => 2,
        0x11 or 0x27 => 4,
        0x26 => PairLength(rest),
        _ => TextLength(rest),
    };

    private static int PairLength(ReadOnlySpan<byte> rest)
    {
        var first = TextLength(rest);
        return first >= rest.Length ? rest.Length : first + TextLength(rest[first..]);
    }

    private static int TextLength(ReadOnlySpan<byte> rest) =>
        rest.Length < 2 ? rest.Length : 2 + ((rest[0] << 8) | rest[1]);

    private static bool TryReadVariableInteger(ReadOnlySpan<byte> body, ref int at, out int value)
    {
        value = 0;
        for (var shift = 0; shift < 28 && at < body.Length; shift += 7)
        {
            var digit = body[at++];
            value |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
