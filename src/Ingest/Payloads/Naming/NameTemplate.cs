namespace Fengsui.Ingest.Payloads.Naming;

/// <summary>A name with holes that each message fills: <c>{topic.2}-{tag.slot}</c>.</summary>
internal sealed class NameTemplate(string text, IReadOnlyList<NamePart> parts)
{
    /// <summary>Bytes of the longest name that anything of ours takes.</summary>
    public const int MaxBytes = 512;

    private readonly NamePart[] _parts = [.. parts];

    public string Text { get; } = text;

    public bool Uses(NameVariable variable) => Array.Exists(_parts, part => part.Variable == variable);

    /// <summary>Writes the name. False when the message lacks a part of it, or it is too long.</summary>
    /// <param name="topic">Empty when there is none.</param>
    /// <param name="source">The rest of what the message says.</param>
    /// <param name="target">Takes at most <see cref="MaxBytes"/>.</param>
    /// <param name="length">Bytes written.</param>
    public bool TryWrite<T>(ReadOnlySpan<byte> topic, scoped ref T source, scoped Span<byte> target, out int length)
        where T : struct, INameSource, allows ref struct
    {
        length = 0;
        foreach (ref readonly var part in (ReadOnlySpan<NamePart>)_parts)
        {
            var room = target[length..];
            var written = part.Variable switch
            {
                NameVariable.Literal => Copy(part.Text, room),
                NameVariable.TopicLevel => Copy(Level(topic, part.Number), room),
                _ => source.Write(part, room),
            };
            if (written <= 0)
            {
                return false;
            }

            if (part.Variable != NameVariable.Literal)
            {
                // A name becomes a level of topics, so what separates levels must not be in it.
                room[..written].Replace((byte)'/', (byte)'.');
            }

            length += written;
        }

        return true;
    }

    /// <summary>Copies a value that a name is made of; −1 when there is no room.</summary>
    internal static int Copy(ReadOnlySpan<byte> value, Span<byte> target) => value.TryCopyTo(target) ? value.Length : -1;

    private static ReadOnlySpan<byte> Level(ReadOnlySpan<byte> topic, int number)
    {
        for (; number > 1; number--)
        {
            var slash = topic.IndexOf((byte)'/');
            if (slash < 0)
            {
                return default;
            }

            topic = topic[(slash + 1)..];
        }

        var end = topic.IndexOf((byte)'/');
        return end < 0 ? topic : topic[..end];
    }
}
