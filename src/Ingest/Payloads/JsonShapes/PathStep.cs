namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>One step of a path into JSON: a member by its name, an element by its index, or any of them.</summary>
/// <param name="Name">UTF-8; null for an index, and for any.</param>
/// <param name="Index">From zero; −1 for a name, and for any.</param>
internal sealed record PathStep(byte[]? Name, int Index)
{
    public static PathStep Any { get; } = new(null, -1);

    public bool IsAny => Name is null && Index < 0;

    public bool IsSame(PathStep other) => Index == other.Index && (Name is null ? other.Name is null : other.Name is not null && Name.AsSpan().SequenceEqual(other.Name));
}
