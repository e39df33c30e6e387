namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>A place in JSON that paths of the configuration lead to, or through.</summary>
internal sealed class ShapeNode
{
    private readonly List<(PathStep Step, ShapeNode Node)> _children = [];

    /// <summary>The slot that remembers what stands here; −1 when nobody wants it.</summary>
    public int Slot { get; private set; } = -1;

    public bool HasMembers { get; private set; }

    public bool HasElements { get; private set; }

    /// <summary>The place that steps lead to from here.</summary>
    public ShapeNode Follow(IEnumerable<PathStep> steps)
    {
        var node = this;
        foreach (var step in steps)
        {
            node = node.Child(step);
        }

        return node;
    }

    /// <summary>The slot of this place; the next free one when it has none yet.</summary>
    public int Take(ref int slots) => Slot < 0 ? Slot = slots++ : Slot;

    public ShapeNode? Member(ReadOnlySpan<byte> name)
    {
        foreach (var (step, node) in _children)
        {
            if (step.Name is { } known && name.SequenceEqual(known))
            {
                return node;
            }
        }

        return null;
    }

    public ShapeNode? Element(int index)
    {
        foreach (var (step, node) in _children)
        {
            if (step.Index == index)
            {
                return node;
            }
        }

        return null;
    }

    private ShapeNode Child(PathStep step)
    {
        foreach (var (known, node) in _children)
        {
            if (known.IsSame(step))
            {
                return node;
            }
        }

        var child = new ShapeNode();
        _children.Add((step, child));
        HasMembers |= step.Name is not null;
        HasElements |= step.Name is null;
        return child;
    }
}
