using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Walks over JSON once and remembers where what a mapping wants stands. Not thread-safe.</summary>
internal sealed class ShapeWalker
{
    private readonly byte[] _key = new byte[NameTemplate.MaxBytes];

    /// <summary>Remembers where what the mapping wants stands. The text is known to be JSON.</summary>
    public void Visit(ref JsonCursor cursor, ShapeNode node, int[] slots)
    {
        var first = cursor.Peek();
        if (node.Slot >= 0)
        {
            slots[node.Slot] = cursor.At;
        }

        if (first == (byte)'{' && node.HasMembers)
        {
            cursor.At++;
            if (cursor.TryTake((byte)'}'))
            {
                return;
            }

            do
            {
                var child = node.Member(ReadKey(ref cursor, _key));
                Descend(ref cursor, child, slots);
            }
            while (cursor.TryTake((byte)','));
            cursor.TryTake((byte)'}');
        }
        else if (first == (byte)'[' && node.HasElements)
        {
            cursor.At++;
            if (cursor.TryTake((byte)']'))
            {
                return;
            }

            var index = 0;
            do
            {
                Descend(ref cursor, node.Element(index++), slots);
            }
            while (cursor.TryTake((byte)','));
            cursor.TryTake((byte)']');
        }
        else
        {
            cursor.TrySkip();
        }
    }

    private void Descend(ref JsonCursor cursor, ShapeNode? child, int[] slots)
    {
        if (child is null)
        {
            cursor.TrySkip();
        }
        else
        {
            Visit(ref cursor, child, slots);
        }
    }

    /// <summary>A key without its escapes; one too long for any name is empty.</summary>
    public static Span<byte> ReadKey(ref JsonCursor cursor, byte[] target)
    {
        cursor.TryString(out var raw, out _);
        cursor.TryTake((byte)':');
        return raw.Length <= target.Length ? target.AsSpan(0, Math.Max(0, JsonText.Unescape(raw, target))) : default;
    }
}
