namespace Fengsui.Devices.Tracing;

/// <summary>Whether a place of the journal can still be read.</summary>
public enum RecordState
{
    /// <summary>Read, and its checksum is right.</summary>
    Present,

    /// <summary>Before the journal's beginning: its segment was deleted, as retention does.</summary>
    Removed,

    /// <summary>Its segment is there, but no intact block stands at the place.</summary>
    Damaged,

    /// <summary>Behind the journal's end.</summary>
    BeyondEnd,
}
