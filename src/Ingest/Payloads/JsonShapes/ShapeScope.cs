namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>One level of rows within rows: the message itself, or an item of the list that the scope above holds.</summary>
internal sealed class ShapeScope
{
    public ShapeNode Root { get; } = new();

    /// <summary>Where the list of the next scope's items stands; −1 in the last scope.</summary>
    public int ItemsSlot { get; set; } = -1;

    /// <summary>The slots of this scope: from here…</summary>
    public int FirstSlot { get; set; }

    /// <summary>…up to, not including, here.</summary>
    public int EndSlot { get; set; }
}
