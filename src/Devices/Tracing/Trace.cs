namespace Fengsui.Devices.Tracing;

/// <summary>What was found of a reading, or of a place in the journal.</summary>
public sealed record Trace
{
    /// <summary>By position and entry.</summary>
    public IReadOnlyList<TracedRow> Rows { get; init; } = [];

    /// <summary>The record that was asked for; null when a reading was.</summary>
    public TracedRecord? Record { get; init; }

    /// <summary>Why nothing was found; empty when something was.</summary>
    public string Missing { get; init; } = "";

    /// <summary>What could not be read on the way, in sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public bool IsFound => Missing.Length == 0;
}
