using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Walks over JSON once and remembers where what a mapping wants stands. Not thread-safe.</summary>
internal sealed class ShapeWalker
{
    private readonly byte[] _key = new byte[NameTemplate.MaxBytes];

    /// <summary>Passes over one value, noting in <paramref name="slots"/> where the places of the mapping begin.</summary>
    /// <returns>False when it is no JSON.</returns>
    public bool Visit(ref JsonCursor cursor, ShapeNode node, int[] slots)
    {
        var first = cursor.Peek();
        if (node.Slot >= 0)
        {
            slots[node.Slot] = cursor.At;
        }

        return first == (byte)'{' && node.HasMembers ? VisitMembers(ref cursor, node, slots)
            : first == (byte)'[' && node.HasElements ? VisitElements(ref cursor, node, slots)
            : cursor.TrySkip();
    }

    /// <summary>Takes a key and its colon. A key too long for any name is empty.</summary>
    public static bool TryKey(ref JsonCursor cursor, byte[] target, out ReadOnlySpan<byte> key)
    {
        if (!cursor.TryString(out key, out var escaped) || !cursor.TryTake((byte)':'))
        {
            return false;
        }

        if (escaped)
        {
            key = key.Length <= target.Length ? target.AsSpan(0, Math.Max(0, JsonText.Unescape(key, target))) : default;
        }

        return true;
    }

    private bool VisitMembers(ref JsonCursor cursor, ShapeNode node, int[] slots)
    {
        cursor.At++;
        if (cursor.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!TryKey(ref cursor, _key, out var key) || !Descend(ref cursor, node.Member(key), slots))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)'}');
    }

    private bool VisitElements(ref JsonCursor cursor, ShapeNode node, int[] slots)
    {
        cursor.At++;
        if (cursor.TryTake((byte)']'))
        {
            return true;
        }

        var index = 0;
        do
        {
            if (!Descend(ref cursor, node.Element(index++), slots))
            {
                return false;
            }
        }
        while (cursor.TryTake((byte)','));
        return cursor.TryTake((byte)']');
    }

    private bool Descend(ref JsonCursor cursor, ShapeNode? child, int[] slots) =>
        child is null ? cursor.TrySkip() : Visit(ref cursor, child, slots);
}
