namespace Fengsui.Ingest.Tests.Decoding;

/// <summary>Damages a message as a broken gateway or an attacker would.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = "{}[]\":,\\0123456789.-+eEtfnu \n\t\0\u0080\u00ff"u8.ToArray();

    public static byte[] Of(byte[] message, Random random)
    {
        if (message.Length == 0)
        {
            return [Telling[random.Next(Telling.Length)]];
        }

        var at = random.Next(message.Length);
        switch (random.Next(7))
        {
            case 0:
                return message[..at];
            case 1:
                var flipped = message.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 2:
                var replaced = message.ToArray();
                replaced[at] = Telling[random.Next(Telling.Length)];
                return replaced;
            case 3:
                return [.. message[..at], Telling[random.Next(Telling.Length)], .. message[at..]];
            case 4:
                return [.. message[..at], .. message[(at + 1)..]];
            case 5:
                var end = random.Next(at, message.Length);
                return [.. message[..end], .. message[at..end], .. message[end..]];
            default:
                var other = random.Next(message.Length);
                var from = Math.Min(at, other);
                return [.. message[..from], .. message[Math.Max(at, other)..]];
        }
    }
}
