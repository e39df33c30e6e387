namespace Fengsui.Devices.Tracing;

/// <summary>Where a row stands in the embedded history.</summary>
public enum HistoryState
{
    /// <summary>In a file.</summary>
    Stored,

    /// <summary>Behind the newest file: in the memory of the server, and in the journal.</summary>
    Waiting,

    /// <summary>In no file: a repeat, or deleted by retention.</summary>
    Absent,
}
