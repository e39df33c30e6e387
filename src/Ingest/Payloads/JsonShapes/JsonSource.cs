using Fengsui.Ingest.Decoding;
using Fengsui.Ingest.Payloads.Naming;

namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>What mapped JSON says that a name can be made of.</summary>
internal readonly ref struct JsonSource(ReadOnlySpan<byte> json, IReadOnlyList<ShapeNode> places, int[] slots, ReadOnlySpan<byte> key) : INameSource
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly IReadOnlyList<ShapeNode> _places = places;
    private readonly int[] _slots = slots;
    private readonly ReadOnlySpan<byte> _key = key;

    public int Write(in NamePart part, scoped Span<byte> target)
    {
        if (part.Variable == NameVariable.Key)
        {
            return NameTemplate.Copy(_key, target);
        }

        var at = _slots[_places[part.Number].Slot];
        if (at < 0)
        {
            return 0;
        }

        Span<byte> scratch = stackalloc byte[NameTemplate.MaxBytes];
        return NameTemplate.Copy(TextAt(_json, at, scratch), target);
    }

    /// <summary>The text of the value that stands at a place: of a string what is between the quotes, of others what is written. Empty for lists and objects.</summary>
    internal static ReadOnlySpan<byte> TextAt(ReadOnlySpan<byte> json, int at, Span<byte> scratch)
    {
        var cursor = new JsonCursor(json) { At = at };
        switch (cursor.Peek())
        {
            case (byte)'{' or (byte)'[':
                return default;
            case (byte)'"':
                cursor.TryString(out var raw, out var escaped);
                return !escaped ? raw
                    : raw.Length <= scratch.Length ? scratch[..Math.Max(0, JsonText.Unescape(raw, scratch))]
                    : default;
            default:
                cursor.TrySkip();
                return json[at..cursor.At];
        }
    }
}
